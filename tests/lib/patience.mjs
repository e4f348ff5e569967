/**
 * Bounds of time are multiplied by this. Times are printed always; a machine that has other work to do as well must not
 * fail by them, so only PARLEY_PATIENCE=1 holds them to what is wished for.
 */
export const kPatience = Number(process.env.PARLEY_PATIENCE ?? 10);
