import type { PresenceStatus } from '@/shared/api/types';
import { hash } from '@/shared/lib/hash';
import { initials } from '@/shared/lib/initials';

export const hueOf = (id: string): number => hash(id) % 10;

interface Props {
  id: string;
  name: string;
  size: number;
  url?: string | null;
  presence?: PresenceStatus;
}

/** Pictures come from this server alone: an address elsewhere would tell strangers who looks. */
const isOwn = (url: string): boolean => url.startsWith('/') && !url.startsWith('//');

/** A person's disc. Decorative: the name always stands beside it or in the label around it. */
export function Avatar({ id, name, size, url, presence }: Props) {
  const hue = hueOf(id);
  return (
    <span
      aria-hidden="true"
      className="avatar"
      style={{
        inlineSize: size,
        blockSize: size,
        background: `var(--p${hue}-bg)`,
        color: `var(--p${hue}-fg)`,
        fontSize: Math.max(10, size * 0.37),
      }}
    >
      {initials(name, size < 28 ? 1 : 2)}
      {url && isOwn(url) && <img src={url} alt="" loading="lazy" />}
      {presence && <i className="presence" data-status={presence} />}
    </span>
  );
}

interface StackProps {
  people: readonly { readonly id: string; readonly name: string }[];
  size: number;
  /** How many more there are than shown. */
  more?: number;
}

export function AvatarStack({ people, size, more = 0 }: StackProps) {
  return (
    <span className="stack" aria-hidden="true">
      {people.map(({ id, name }) => (
        <Avatar key={id} id={id} name={name} size={size} />
      ))}
      {more > 0 && (
        <span className="avatar stack-more" style={{ inlineSize: size, blockSize: size, fontSize: 10 }}>
          +{more}
        </span>
      )}
    </span>
  );
}
