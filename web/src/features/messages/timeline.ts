import type { Id, Message, Reaction } from '@/shared/api/types';

/** A stretch of a room's (or a thread's) history without holes, oldest first. */
export interface Timeline {
  readonly status: 'idle' | 'loading' | 'ready' | 'failed';
  readonly items: readonly Message[];
  readonly hasOlder: boolean;
  /** There is more after the last item: one came here by a link to an old message. */
  readonly hasNewer: boolean;
  readonly paging: 'older' | 'newer' | null;
  readonly failure: 'older' | 'newer' | 'first' | null;
  /** The line was down since: what came meanwhile is asked for when the room shows again. */
  readonly stale: boolean;
  /** Number of the last of the room's events that is in here. */
  readonly lastSeq: number;
}

export const emptyTimeline: Timeline = {
  status: 'idle',
  items: [],
  hasOlder: true,
  hasNewer: false,
  paging: null,
  failure: null,
  stale: false,
  lastSeq: 0,
};

/** Both in order of `seq`; where the same message is in both, the second counts. */
export function merge(before: readonly Message[], more: readonly Message[]): readonly Message[] {
  if (more.length === 0) return before;
  const newer = more[0];
  const last = before.at(-1);
  // The usual cases, one new message at the end and a page before the first, need no sorting.
  if (!last || (newer && newer.seq > last.seq && ascending(more))) return [...before, ...more];
  const byId = new Map(before.map((message) => [message.id, message]));
  for (const message of more) byId.set(message.id, message);
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}

const ascending = (list: readonly Message[]): boolean =>
  list.every((message, index) => index === 0 || message.seq > (list[index - 1]?.seq ?? 0));

export function change(
  items: readonly Message[],
  id: Id,
  update: (message: Message) => Message,
): readonly Message[] {
  const at = items.findIndex((message) => message.id === id);
  const old = items[at];
  if (!old) return items;
  const next = update(old);
  return next === old ? items : items.with(at, next);
}

export const withReactions = (message: Message, reactions: readonly Reaction[]): Message => ({ ...message, reactions });

export const asDeleted = (message: Message, at: string): Message => ({
  ...message,
  content: '',
  files: [],
  reactions: [],
  pinned: false,
  deletedAt: message.deletedAt ?? at,
});

/** What the page itself does to a reaction before the server has said so. */
export function toggled(reactions: readonly Reaction[], emoji: string, userId: Id): readonly Reaction[] {
  const old = reactions.find((reaction) => reaction.emoji === emoji);
  if (!old) return [...reactions, { emoji, count: 1, userIds: [userId] }];
  const mine = old.userIds.includes(userId);
  const userIds = mine ? old.userIds.filter((id) => id !== userId) : [...old.userIds, userId];
  const next = { emoji, count: Math.max(0, old.count + (mine ? -1 : 1)), userIds };
  return reactions.flatMap((reaction) => (reaction.emoji !== emoji ? [reaction] : next.count > 0 ? [next] : []));
}
