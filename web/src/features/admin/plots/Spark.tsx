import { pathOf, type Dot } from './scale';

const WIDTH = 96;
const HEIGHT = 28;

/** The way of a number, without axes: decorative, the number stands beside it. */
export function Spark({ dots, tone = 'accent' }: { dots: readonly Dot[]; tone?: 'accent' | 'signal' }) {
  const values = dots.flatMap(({ value }) => value ?? []);
  const first = dots[0]?.at ?? 0;
  const span = Math.max(1, (dots.at(-1)?.at ?? 0) - first);
  const low = Math.min(...values);
  const range = Math.max(...values) - low || 1;
  if (values.length < 2) return null;
  const path = pathOf(
    dots,
    (at) => 1 + ((at - first) / span) * (WIDTH - 2),
    (value) => HEIGHT - 3 - ((value - low) / range) * (HEIGHT - 6),
  );
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true" className="min-w-0 shrink">
      <path d={path} fill="none" stroke={tone === 'signal' ? 'var(--signal-line)' : 'var(--accent)'} strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  );
}
