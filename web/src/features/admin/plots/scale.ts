export interface Dot {
  readonly at: number;
  readonly value: number | null;
}

export interface Scale {
  readonly top: number;
  readonly ticks: readonly number[];
}

/** Round numbers from zero to above the largest value: two to four steps of 1, 2, 2.5 or 5 times a power of ten. */
export function scaleFor(largest: number): Scale {
  const wanted = largest > 0 ? largest : 1;
  const power = 10 ** Math.floor(Math.log10(wanted / 3));
  const step = [1, 2, 2.5, 5, 10].map((part) => part * power).find((size) => Math.ceil(wanted / size) <= 4) ?? 10 * power;
  const count = Math.max(1, Math.ceil(wanted / step - 1e-9));
  const ticks = Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
  return { top: ticks.at(-1) ?? step, ticks };
}

/** Runs of values that are there, as paths; a gap stays a gap. */
export function pathOf(dots: readonly Dot[], x: (at: number) => number, y: (value: number) => number): string {
  let out = '';
  let drawing = false;
  for (const { at, value } of dots) {
    if (value === null) {
      drawing = false;
      continue;
    }
    out += `${drawing ? 'L' : 'M'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
    drawing = true;
  }
  return out;
}

/** The same, closed down to the ground line for a tint below it. */
export function areaOf(dots: readonly Dot[], x: (at: number) => number, y: (value: number) => number): string {
  const there = dots.filter(({ value }) => value !== null);
  const [first] = there;
  const last = there.at(-1);
  if (!first || !last) return '';
  return `${pathOf(there, x, y)}L${x(last.at).toFixed(1)} ${y(0).toFixed(1)}L${x(first.at).toFixed(1)} ${y(0).toFixed(1)}Z`;
}

const STEPS_MS = [15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000] as const;

/** Times on the clock's round marks, at most five. */
export function timesIn(from: number, to: number): readonly number[] {
  const step = STEPS_MS.find((size) => (to - from) / size <= 5) ?? 3_600_000;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, index) => first + index * step);
}

/** The dot nearest to a moment; -1 when there is none. */
export function nearest(dots: readonly { readonly at: number }[], at: number): number {
  return dots.reduce((best, dot, index) => {
    const old = dots[best];
    return !old || Math.abs(dot.at - at) < Math.abs(old.at - at) ? index : best;
  }, -1);
}
