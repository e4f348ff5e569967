import type { Id, Member, Message } from '@/shared/api/types';

/** Words with @ before them; an address like a@b is none. */
export const MENTION = /(^|[^\p{L}\p{N}@._-])@([\p{L}\p{N}][\p{L}\p{N}._-]*)/gu;

const everybody = new Set(['room', 'all', 'here', 'channel']);

export interface Named {
  readonly handles: ReadonlySet<string>;
  readonly mine: ReadonlySet<string>;
}

/** By what the members of a room are called. */
export function namesOf(members: readonly Member[] | undefined, me: Id, myHandle?: string): Named {
  const handleOf = ({ handle, name }: Pick<Member, 'handle' | 'name'>) => (handle ?? name.replace(/\s+/g, '')).toLocaleLowerCase();
  const handles = new Set([...everybody, ...(members ?? []).map(handleOf)]);
  const self = members?.find(({ userId }) => userId === me);
  const mine = new Set(['room', 'all', ...(self ? [handleOf(self)] : []), ...(myHandle ? [myHandle.toLocaleLowerCase()] : [])]);
  return { handles, mine };
}

/** A full stop behind a name is the sentence's. */
export const trimmedHandle = (word: string): string => word.replace(/[._-]+$/, '');

export type Piece = { readonly text: string } | { readonly mention: string; readonly me: boolean };

/** A text cut at its mentions; only people who are here count. */
export function cut(text: string, named: Named): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(MENTION)) {
    const handle = trimmedHandle(match[2] ?? '');
    const key = handle.toLocaleLowerCase();
    if (!named.handles.has(key)) continue;
    const start = match.index + (match[1] ?? '').length;
    if (start > from) pieces.push({ text: text.slice(from, start) });
    pieces.push({ mention: `@${handle}`, me: named.mine.has(key) });
    from = start + handle.length + 1;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** Whether a message calls me; the server says whom it calls. */
export function mentionsMe(message: Message, me: Id): boolean {
  return (message.mentions ?? []).some((mention: unknown) => {
    if (typeof mention === 'string') return mention === me || everybody.has(mention);
    if (typeof mention !== 'object' || mention === null) return false;
    const userId: unknown = Reflect.get(mention, 'userId') ?? Reflect.get(mention, 'id');
    const kind: unknown = Reflect.get(mention, 'kind');
    return userId === me || kind === 'room';
  });
}
