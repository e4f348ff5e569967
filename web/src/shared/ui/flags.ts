import { hash } from '@/shared/lib/hash';

/** Cloth of a flag in a 24 x 24 box. `lie` is drawn in the second colour over the first; `stroke` paths are lines. */
const patterns = {
  halves: { lie: 'M12 0h12v24H12z' },
  fess: { lie: 'M0 12h24v12H0z' },
  band: { lie: 'M0 8h24v8H0z' },
  pale: { lie: 'M8 0h8v24H8z' },
  quarters: { lie: 'M12 0h12v12H12zM0 12h12v12H0z' },
  saltire: { stroke: 'M-2-2l28 28M26-2L-2 26' },
  border: { lie: 'M6 6h12v12H6z' },
  diamond: { lie: 'M12 2.5L21.5 12 12 21.5 2.5 12z' },
  bend: { lie: 'M24 0v24H0z' },
  disc: { lie: 'M12 6a6 6 0 0 1 0 12 6 6 0 0 1 0-12z' },
  stripes: { lie: 'M0 4.8h24v4.8H0zM0 14.4h24v4.8H0z' },
  chevron: { lie: 'M0 0l14 12L0 24z' },
  gyron: { lie: 'M0 0l12 12L0 24zM24 0L12 12l12 12z' },
} as const;

const inks = {
  sea: '#0F7385',
  navy: '#2C4C86',
  amber: '#F7B928',
  madder: '#CC4A43',
  kelp: '#2E8A5F',
  ink: '#24343A',
  chalk: '#FFFFFF',
} as const;

type Pattern = keyof typeof patterns;
type Ink = keyof typeof inks;

const plain: readonly Pattern[] = ['halves', 'fess', 'band', 'pale'];
const nationalPairs: readonly (readonly [readonly Pattern[], Ink, Ink])[] = [
  [plain, 'navy', 'amber'],
  [plain, 'chalk', 'madder'],
  [plain, 'navy', 'chalk'],
  [['saltire'], 'navy', 'chalk'],
  [['disc'], 'chalk', 'madder'],
];

/** Combinations that read as a country's flag are never given to a room. */
export const readsAsNational = (pattern: Pattern, a: Ink, b: Ink): boolean =>
  nationalPairs.some(
    ([list, one, other]) => list.includes(pattern) && ((a === one && b === other) || (a === other && b === one)),
  );

export const allFlags = (Object.keys(patterns) as Pattern[]).flatMap((pattern) =>
  (Object.keys(inks) as Ink[]).flatMap((a) =>
    (Object.keys(inks) as Ink[])
      .filter((b) => a !== b && !readsAsNational(pattern, a, b))
      .map((b) => ({ pattern, a, b })),
  ),
);

export interface FlagDrawing {
  readonly ground: string;
  readonly ink: string;
  readonly lie?: string;
  readonly stroke?: string;
}

interface FlagSpec {
  readonly pattern: Pattern;
  readonly a: Ink;
  readonly b: Ink;
}

/** A flag as the server keeps it: `chevron-amber-navy`. */
export const flagWords = ({ pattern, a, b }: FlagSpec): string => `${pattern}-${a}-${b}`;

/** The other way about. Null for anything that is none. */
export function parseFlag(spec: string | null | undefined): FlagSpec | null {
  const [pattern, a, b] = (spec ?? '').split(/[- ]/);
  return allFlags.find((flag) => flag.pattern === pattern && flag.a === a && flag.b === b) ?? null;
}

const draw = (flag: FlagSpec): FlagDrawing => ({ ground: inks[flag.a], ink: inks[flag.b], ...patterns[flag.pattern] });

/** A flag by its words. */
export const flagDrawing = (spec: string): FlagDrawing => flagOf(spec, spec);

/** The flag that was chosen for a room, or the one that follows from its id. */
export const flagSpecOf = (room: string, spec?: string | null): FlagSpec =>
  parseFlag(spec) ?? allFlags[hash(room) % allFlags.length] ?? { pattern: 'chevron', a: 'amber', b: 'navy' };

export const flagOf = (room: string, spec?: string | null): FlagDrawing => draw(flagSpecOf(room, spec));
