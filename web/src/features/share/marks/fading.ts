import type { Stroke } from '@/shared/api/events';

/** Marks go so long after their author's last one, unless they are kept. */
export const MARKS_MS = 30_000;
/** Of that, the end: so long they fade. */
export const FADE_MS = 1000;

/** What was cleared sooner than this was wiped by a hand, and is gone at once; lines need time, too. */
const OLD_MS = 20_000;

export interface FadingStroke {
  readonly stroke: Stroke;
  readonly since: number;
}

/** Do marks that are cleared now go by themselves? `drawnAt`: when the last of them was drawn, if that was seen here. */
export const isOld = (drawnAt: number | undefined, now: number): boolean => drawnAt === undefined || now - drawnAt >= OLD_MS;

/** Without those that have faded. */
export function stillFading(fading: readonly FadingStroke[], now: number): readonly FadingStroke[] {
  const left = fading.filter(({ since }) => now - since < FADE_MS);
  return left.length === fading.length ? fading : left;
}
