/** What somebody said, in written words; they change until it is final. */
export interface Caption {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  /** When its words last changed, ms. */
  readonly at: number;
}

const LINES = 2;
/** As long as one needs to read two lines to their end. */
export const CAPTION_MS = 8000;

/** The last two sentences, each at its place while its words change. */
export function withCaption(captions: readonly Caption[], caption: Caption): readonly Caption[] {
  if (caption.text.trim() === '') return captions;
  const known = captions.some(({ id }) => id === caption.id);
  const all = known ? captions.map((old) => (old.id === caption.id ? caption : old)) : [...captions, caption];
  return all.slice(-LINES);
}

/** Those that one still reads. */
export const freshCaptions = (captions: readonly Caption[], now: number): readonly Caption[] => captions.filter(({ at }) => now - at < CAPTION_MS);
