/** What `/metrics` told at one moment: each family with its series. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}
export type Sample = ReadonlyMap<string, readonly Series[]>;

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/;
const LABEL = /(\w+)="((?:\\.|[^"\\])*)"/g;

const plain = (text: string): string => text.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char));

function numberOf(text: string): number {
  if (text === '+Inf') return Infinity;
  if (text === '-Inf') return -Infinity;
  return Number(text);
}

/** Reads the Prometheus text format. Lines that are none of it are passed over. */
export function parseMetrics(text: string): Sample {
  const families = new Map<string, Series[]>();
  for (const line of text.split('\n')) {
    const [, name, inner = '', value = ''] = LINE.exec(line) ?? [];
    if (!name || Number.isNaN(numberOf(value))) continue;
    const labels = Object.fromEntries([...inner.matchAll(LABEL)].map(([, key = '', text = '']) => [key, plain(text)]));
    const family = families.get(name) ?? [];
    family.push({ labels, value: numberOf(value) });
    families.set(name, family);
  }
  return families;
}

type Wanted = Readonly<Record<string, string>>;
const fits = (series: Series, wanted: Wanted): boolean => Object.entries(wanted).every(([key, value]) => series.labels[key] === value);

/** Of all series of a family that have these labels. */
export const sumOf = (sample: Sample, name: string, wanted: Wanted = {}): number =>
  (sample.get(name) ?? []).filter((series) => fits(series, wanted)).reduce((sum, { value }) => sum + value, 0);

/** Counts up to each bound of a histogram, over all its series with these labels. */
export function bucketsOf(sample: Sample, name: string, wanted: Wanted = {}): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const series of sample.get(`${name}_bucket`) ?? []) {
    if (!fits(series, wanted)) continue;
    const bound = numberOf(series.labels.le ?? '');
    counts.set(bound, (counts.get(bound) ?? 0) + series.value);
  }
  return counts;
}

/** The value below which this share of what was counted between two moments lies; null when nothing was. */
export function quantile(before: ReadonlyMap<number, number>, now: ReadonlyMap<number, number>, share: number): number | null {
  const bounds = [...now.keys()].sort((a, b) => a - b);
  const counts = bounds.map((bound) => (now.get(bound) ?? 0) - (before.get(bound) ?? 0));
  const total = counts.at(-1) ?? 0;
  if (total <= 0) return null;
  const rank = share * total;
  const at = counts.findIndex((count) => count >= rank);
  const low = at > 0 ? (bounds[at - 1] ?? 0) : 0;
  const high = bounds[at] ?? low;
  // What lies beyond the last bound is not known any better than that.
  if (!Number.isFinite(high)) return low;
  const below = at > 0 ? (counts[at - 1] ?? 0) : 0;
  const inside = (counts[at] ?? 0) - below;
  return inside > 0 ? low + ((high - low) * (rank - below)) / inside : high;
}

/** The share of what was counted between two moments that lies beyond a bound of the histogram. */
export function beyond(before: ReadonlyMap<number, number>, now: ReadonlyMap<number, number>, bound: number): number {
  const since = (at: number) => (now.get(at) ?? 0) - (before.get(at) ?? 0);
  const total = since(Infinity);
  return total > 0 ? (total - since(bound)) / total : 0;
}
