/** Heights of rows as measured, guessed until then, and the sums that scrolling needs. */
export interface Layout {
  readonly tops: readonly number[];
  readonly total: number;
}

export function layoutOf(keys: readonly string[], heights: ReadonlyMap<string, number>, guess: number): Layout {
  const tops = new Array<number>(keys.length);
  let total = 0;
  for (let i = 0; i < keys.length; i++) {
    tops[i] = total;
    total += heights.get(keys[i] ?? '') ?? guess;
  }
  return { tops, total };
}

/** Index of the row at a height, clamped to what there is. */
export function rowAt({ tops }: Layout, y: number): number {
  let low = 0;
  let high = tops.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

export interface Range {
  readonly first: number;
  readonly last: number;
}

/** Rows on screen and a little around, at most `most` of them. */
export function rangeOf(layout: Layout, top: number, height: number, overscan: number, most: number): Range {
  const count = layout.tops.length;
  if (count === 0) return { first: 0, last: -1 };
  const first = rowAt(layout, Math.max(0, top - overscan));
  const last = rowAt(layout, top + height + overscan);
  if (last - first < most) return { first, last };
  // Too many small rows: those on screen count, then those above and below in turn.
  const middle = rowAt(layout, top + height / 2);
  const from = Math.max(first, middle - (most >> 1));
  return { first: from, last: Math.min(last, from + most - 1) };
}
