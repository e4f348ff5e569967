import type { Id } from '@/shared/api/types';
import type { InboxState } from '@/features/inbox/inboxReducer';
import type { RoomsState } from './roomsReducer';

/** What of a room needs me: mentions, and all of a conversation of two. Of a muted room nothing does. */
export function amberOf(state: RoomsState, roomId: Id): number {
  const room = state.byId[roomId];
  const unread = state.unread[roomId];
  if (!room || !unread || room.muted || room.notify === 'nothing') return 0;
  return room.type === 'direct' ? Math.max(unread.messages, unread.mentions) : unread.mentions;
}

/** Answers in threads that I follow, by room. They are in the inbox alone: a room's own count knows none of them. */
export const threadsOf = (inbox: InboxState, rooms: RoomsState, roomId?: Id): number =>
  inbox.items.filter(
    (item) =>
      item.kind === 'thread' &&
      !item.read &&
      (roomId === undefined || item.roomId === roomId) &&
      rooms.byId[item.roomId] !== undefined &&
      !rooms.byId[item.roomId]?.muted,
  ).length;

/** Calls that I missed and have not looked at since `seen`, by room. */
export const missedOf = (inbox: InboxState, seen: string, roomId?: Id): number =>
  inbox.items.filter((item) => item.kind === 'missed-call' && !item.read && item.at > seen && (roomId === undefined || item.roomId === roomId)).length;

/** The one number without the inbox's own: mentions and direct messages that wait for me. */
export const attentionOf = (state: RoomsState): number =>
  Object.keys(state.unread).reduce((sum, id) => sum + amberOf(state, id), 0);
