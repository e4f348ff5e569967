import { hash } from '@/shared/lib/hash';
import { initials } from '@/shared/lib/initials';

export const hueOf = (id: string): number => hash(id) % 10;

/** A person's disc. Decorative: the name always stands beside it or in the label around it. */
export function Avatar({ id, name, size }: { id: string; name: string; size: number }) {
  const hue = hueOf(id);
  return (
    <span
      aria-hidden="true"
      className="inline-grid flex-none place-items-center rounded-full font-semibold select-none"
      style={{
        inlineSize: size,
        blockSize: size,
        background: `var(--p${hue}-bg)`,
        color: `var(--p${hue}-fg)`,
        fontSize: Math.max(10, size * 0.37),
        lineHeight: 1,
      }}
    >
      {initials(name, size < 28 ? 1 : 2)}
    </span>
  );
}
