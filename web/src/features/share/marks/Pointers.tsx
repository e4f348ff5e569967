import { colorOf, plateOf } from '../draw/colors';
import type { Pointer } from './types';
import { placed } from '../view/place';

/** A dot of light, as large on every screen. */
export function LaserDot({ color }: { color: string }) {
  return (
    <span className="absolute grid size-10 -translate-1/2 place-items-center">
      <span className="absolute size-10 rounded-full opacity-22" style={{ background: color }} />
      <span className="size-4.5 rounded-full" style={{ background: color }} />
    </span>
  );
}

function Arrow({ color }: { color: string }) {
  return (
    <svg className="absolute size-6" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M1 1l22 9-9 4-4 9z" fill={color} stroke="#fff" strokeWidth="1.5" />
    </svg>
  );
}

/** Where others point and draw right now, each with a name. */
export function Pointers({ pointers, nameOf }: { pointers: readonly Pointer[]; nameOf: (userId: string) => string }) {
  return pointers.map(({ author, x, y, laser, color }) => {
    const ink = /^#[0-9a-f]{6}([0-9a-f]{2})?$/i.test(color) ? color : colorOf(author).mark;
    return (
      <span key={author} className="pointer-events-none absolute" style={placed({ x, y })}>
        {laser ? <LaserDot color={ink} /> : <Arrow color={ink} />}
        <bdi
          className="absolute start-5 top-4 rounded-[7px] px-2.5 py-1 text-13 font-semibold whitespace-nowrap text-white"
          style={{ background: plateOf(color, author) }}
        >
          {nameOf(author)}
        </bdi>
      </span>
    );
  });
}
