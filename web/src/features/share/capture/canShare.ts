/** Browsers of phones hand out no screens. */
export const canShare = (): boolean => 'getDisplayMedia' in ((navigator as { mediaDevices?: MediaDevices }).mediaDevices ?? {});
