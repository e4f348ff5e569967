import type { Size } from './viewport';

/**
 * The source's size as far as it was seen: a line that carries less sends a smaller picture of the same screen, and a
 * window that is made another shape is another source.
 */
export function sourceSize(known: Size | null, seen: Size): Size {
  if (!known) return seen;
  const same = Math.abs(known.width / known.height - seen.width / seen.height) < 0.02 * (known.width / known.height);
  return same && seen.width <= known.width ? known : seen;
}
