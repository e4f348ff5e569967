import type { ThreadState } from '@/shared/api/events';
import type { Id, Message, Reaction } from '@/shared/api/types';
import { asDeleted, change, emptyTimeline, merge, withReactions, type Timeline } from './timeline';

/** A message that the server has not acknowledged yet. */
export interface Outgoing {
  readonly clientId: string;
  readonly roomId: Id;
  readonly content: string;
  readonly replyTo?: Id;
  readonly threadId?: Id;
  readonly fileIds?: readonly Id[];
  readonly createdAt: string;
  readonly state: 'sending' | 'queued' | 'failed';
  readonly error?: string;
}

export interface MessagesState {
  readonly rooms: Readonly<Record<Id, Timeline>>;
  /** By the id of the message that the thread hangs on. */
  readonly threads: Readonly<Record<Id, Timeline>>;
  readonly outbox: readonly Outgoing[];
  /** The server asked to write less quickly until then (milliseconds); 0: it did not. */
  readonly slowUntil: number;
  /** Reactions on their way, as `reactionKey` names them. */
  readonly reacting: readonly string[];
}

export const reactionKey = (messageId: Id, emoji: string): string => `${messageId} ${emoji}`;

export interface Where {
  readonly roomId: Id;
  readonly threadId?: Id;
}

export type MessagesAction =
  | (Where & { readonly type: 'loading'; readonly what: 'first' | 'older' | 'newer' })
  | (Where & { readonly type: 'failed'; readonly what: 'first' | 'older' | 'newer' })
  | (Where & {
      readonly type: 'page';
      readonly what: 'first' | 'older' | 'newer';
      readonly items: readonly Message[];
      readonly hasOlder?: boolean;
      readonly hasNewer?: boolean;
      readonly lastSeq?: number;
    })
  | { readonly type: 'arrived'; readonly message: Message }
  | { readonly type: 'updated'; readonly message: Message; readonly seq?: number }
  | { readonly type: 'deleted'; readonly roomId: Id; readonly messageId: Id; readonly at: string; readonly seq?: number }
  | { readonly type: 'reactions'; readonly roomId: Id; readonly messageId: Id; readonly reactions: readonly Reaction[]; readonly seq?: number }
  | { readonly type: 'thread'; readonly roomId: Id; readonly thread: ThreadState }
  | { readonly type: 'seen'; readonly roomId: Id; readonly seq: number }
  | { readonly type: 'fresh'; readonly roomId: Id }
  | { readonly type: 'stale' }
  | { readonly type: 'forget'; readonly roomId: Id }
  | { readonly type: 'post'; readonly outgoing: Outgoing }
  | { readonly type: 'posting'; readonly clientId: string; readonly state: Outgoing['state']; readonly error?: string }
  | { readonly type: 'unpost'; readonly clientId: string }
  | { readonly type: 'slowed'; readonly until: number }
  | { readonly type: 'reacting'; readonly key: string; readonly on: boolean }
  | { readonly type: 'reset' };

export const noMessages: MessagesState = { rooms: {}, threads: {}, outbox: [], slowUntil: 0, reacting: [] };

export const timelineOf = (state: MessagesState, where: Where): Timeline =>
  (where.threadId ? state.threads[where.threadId] : state.rooms[where.roomId]) ?? emptyTimeline;

/** Answers in a thread stand in the thread alone. */
export const inThread = (message: Message): boolean => Boolean(message.threadId) && message.threadId !== message.id;

function put(state: MessagesState, where: Where, update: (timeline: Timeline) => Timeline): MessagesState {
  const old = timelineOf(state, where);
  const next = update(old);
  if (next === old) return state;
  return where.threadId
    ? { ...state, threads: { ...state.threads, [where.threadId]: next } }
    : { ...state, rooms: { ...state.rooms, [where.roomId]: next } };
}

const known = (state: MessagesState, where: Where): boolean => timelineOf(state, where).status !== 'idle';

function page(timeline: Timeline, action: Extract<MessagesAction, { type: 'page' }>): Timeline {
  const { what, items } = action;
  // What was said while the newest page was on its way is newer than all of it.
  const reached = items.at(-1)?.seq ?? (timeline.status === 'loading' ? 0 : Number.POSITIVE_INFINITY);
  const since = what === 'first' && !action.hasNewer ? timeline.items.filter(({ seq }) => seq > reached) : [];
  const lastSeq = Math.max(timeline.lastSeq, action.lastSeq ?? 0, items.at(-1)?.seq ?? 0);
  return {
    status: 'ready',
    items: what === 'first' ? [...items, ...since] : merge(timeline.items, items),
    hasOlder: what === 'newer' ? timeline.hasOlder : (action.hasOlder ?? false),
    hasNewer: what === 'older' ? timeline.hasNewer : (action.hasNewer ?? false),
    paging: null,
    failure: null,
    stale: what === 'first' ? false : timeline.stale,
    lastSeq: what === 'first' && action.hasNewer ? timeline.lastSeq : lastSeq,
  };
}

/** The same change wherever the message stands: in its room, in its thread, at the head of a thread. */
function everywhere(
  state: MessagesState,
  roomId: Id,
  id: Id,
  update: (message: Message) => Message,
  seq: number | undefined,
): MessagesState {
  const touch = (timeline: Timeline): Timeline => {
    const items = change(timeline.items, id, update);
    return items === timeline.items ? timeline : { ...timeline, items };
  };
  const room = state.rooms[roomId];
  let rooms = state.rooms;
  if (room) {
    const touched = touch(room);
    const lastSeq = Math.max(room.lastSeq, seq ?? 0);
    if (touched !== room || lastSeq !== room.lastSeq) rooms = { ...rooms, [roomId]: { ...touched, lastSeq } };
  }
  const changed = Object.entries(state.threads).map(([key, thread]) => [key, touch(thread)] as const);
  const same = changed.every(([key, thread]) => state.threads[key] === thread);
  const threads = same ? state.threads : Object.fromEntries(changed);
  return rooms === state.rooms && threads === state.threads ? state : { ...state, rooms, threads };
}

/** What the server has does not wait any more, whichever way it is heard of: a page that was loaded anew asks before it sends. */
function withoutSent(state: MessagesState, items: readonly Message[]): MessagesState {
  if (state.outbox.length === 0) return state;
  const sent = new Set(items.map(({ clientId }) => clientId));
  const outbox = state.outbox.filter(({ clientId }) => !sent.has(clientId));
  return outbox.length === state.outbox.length ? state : { ...state, outbox };
}

function arrived(state: MessagesState, message: Message): MessagesState {
  let next = withoutSent(state, [message]);
  const add = (timeline: Timeline): Timeline =>
    timeline.hasNewer ? timeline : { ...timeline, items: merge(timeline.items, [message]) };
  if (inThread(message)) {
    const where = { roomId: message.roomId, threadId: message.threadId ?? undefined };
    if (known(next, where)) {
      const had = timelineOf(next, where).items.some(({ id }) => id === message.id);
      next = had ? next : put(next, where, add);
    }
  } else if (known(next, { roomId: message.roomId })) {
    next = put(next, { roomId: message.roomId }, add);
  }
  const reached = message.seq;
  if (next.rooms[message.roomId]) next = put(next, { roomId: message.roomId }, (t) => (t.lastSeq >= reached ? t : { ...t, lastSeq: reached }));
  return next;
}

export function messagesReducer(state: MessagesState, action: MessagesAction): MessagesState {
  switch (action.type) {
    case 'loading':
      return put(state, action, (t) =>
        action.what === 'first'
          ? { ...t, status: t.items.length > 0 ? t.status : 'loading', failure: null }
          : { ...t, paging: action.what, failure: null },
      );
    case 'failed':
      return put(state, action, (t) => ({
        ...t,
        status: t.items.length > 0 ? t.status : 'failed',
        // What was there before stays; what came since is not known, and what comes now does not follow on it.
        hasNewer: t.hasNewer || (action.what === 'first' && t.items.length > 0),
        paging: null,
        failure: action.what,
      }));
    case 'page':
      return withoutSent(put(state, action, (t) => page(t, action)), action.items);
    case 'arrived':
      return arrived(state, action.message);
    case 'updated':
      return everywhere(
        state,
        action.message.roomId,
        action.message.id,
        (old) => ({ ...old, ...action.message }),
        action.seq,
      );
    case 'deleted':
      return everywhere(state, action.roomId, action.messageId, (old) => asDeleted(old, action.at), action.seq);
    case 'reactions':
      return everywhere(state, action.roomId, action.messageId, (old) => withReactions(old, action.reactions), action.seq);
    case 'thread': {
      const { id, replyCount, lastReplyAt } = action.thread;
      return everywhere(state, action.roomId, id, (old) => ({ ...old, replyCount, lastReplyAt }), undefined);
    }
    case 'seen':
      return state.rooms[action.roomId]
        ? put(state, { roomId: action.roomId }, (t) => (t.lastSeq >= action.seq ? t : { ...t, lastSeq: action.seq }))
        : state;
    case 'fresh':
      return put(state, action, (t) => (t.stale ? { ...t, stale: false } : t));
    case 'stale':
      return {
        ...state,
        rooms: Object.fromEntries(Object.entries(state.rooms).map(([id, t]) => [id, { ...t, stale: true }])),
        threads: {},
      };
    case 'forget':
      return { ...state, rooms: Object.fromEntries(Object.entries(state.rooms).filter(([id]) => id !== action.roomId)) };
    case 'post':
      return withoutSent({ ...state, outbox: [...state.outbox, action.outgoing] }, timelineOf(state, action.outgoing).items);
    case 'posting':
      return {
        ...state,
        outbox: state.outbox.map((item) =>
          item.clientId === action.clientId ? { ...item, state: action.state, error: action.error } : item,
        ),
      };
    case 'unpost':
      return { ...state, outbox: state.outbox.filter(({ clientId }) => clientId !== action.clientId) };
    case 'slowed':
      return { ...state, slowUntil: action.until };
    case 'reacting': {
      const others = state.reacting.filter((key) => key !== action.key);
      return { ...state, reacting: action.on ? [...others, action.key] : others };
    }
    case 'reset':
      return noMessages;
  }
}
