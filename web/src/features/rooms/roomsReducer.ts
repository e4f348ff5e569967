import type { ReadMarker } from '@/shared/api/events';
import type { Id, Member, Room, RoomPreferences, Unread } from '@/shared/api/types';

export interface RoomsState {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly byId: Readonly<Record<Id, Room>>;
  /** Everybody in a room, as far as asked for. */
  readonly members: Readonly<Record<Id, readonly Member[]>>;
  readonly unread: Readonly<Record<Id, Unread>>;
  /** How far others have read, by room and person; of rooms that were opened. */
  readonly reads: Readonly<Record<Id, Readonly<Record<Id, number>>>>;
}

type KeptUnread = Readonly<Record<'seq' | 'messages' | 'mentions', number>>;

export type RoomsAction =
  /** `kept`: what "unread from here" left unread on this device, by room. */
  | { readonly type: 'loaded'; readonly rooms: readonly Room[]; readonly kept?: Readonly<Record<Id, KeptUnread>> }
  | { readonly type: 'failed' }
  | { readonly type: 'room'; readonly room: Room }
  | { readonly type: 'gone'; readonly roomId: Id }
  | { readonly type: 'members'; readonly roomId: Id; readonly members: readonly Member[] }
  | { readonly type: 'member'; readonly roomId: Id; readonly member: Member }
  | { readonly type: 'memberGone'; readonly roomId: Id; readonly userId: Id }
  /** Somebody else wrote here, while nobody was looking. */
  | { readonly type: 'unreadMessage'; readonly roomId: Id; readonly mention: boolean }
  | { readonly type: 'read'; readonly roomId: Id; readonly seq: number }
  /** "Unread from here": the room counts as unread from this number on. */
  | { readonly type: 'unreadFrom'; readonly roomId: Id; readonly seq: number; readonly messages: number; readonly mentions: number }
  | { readonly type: 'reads'; readonly roomId: Id; readonly markers: readonly Pick<ReadMarker, 'userId' | 'seq'>[] }
  | { readonly type: 'preferences'; readonly roomId: Id; readonly preferences: RoomPreferences }
  | { readonly type: 'reset' };

export const noRooms: RoomsState = { status: 'loading', byId: {}, members: {}, unread: {}, reads: {} };
const nothingUnread: Unread = { messages: 0, mentions: 0 };

const unreadOf = (room: Room, kept?: KeptUnread): Unread =>
  kept && kept.seq <= room.lastReadSeq
    ? {
        messages: kept.messages + (room.unread ?? 0),
        mentions: kept.mentions + (room.mentions ?? 0),
        lastReadSeq: kept.seq - 1,
      }
    : { messages: room.unread ?? 0, mentions: room.mentions ?? 0, lastReadSeq: room.lastReadSeq };

const without = <T>(record: Readonly<Record<Id, T>>, id: Id): Readonly<Record<Id, T>> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => key !== id));

function withMember(list: readonly Member[], member: Member): readonly Member[] {
  const rest = list.filter(({ userId }) => userId !== member.userId);
  return [...rest, { ...list.find(({ userId }) => userId === member.userId), ...member }];
}

export function roomsReducer(state: RoomsState, action: RoomsAction): RoomsState {
  switch (action.type) {
    case 'loaded':
      return {
        ...state,
        status: 'ready',
        byId: Object.fromEntries(action.rooms.map((room) => [room.id, room])),
        unread: Object.fromEntries(action.rooms.map((room) => [room.id, unreadOf(room, action.kept?.[room.id])])),
      };
    case 'failed':
      return state.status === 'ready' ? state : { ...state, status: 'failed' };
    case 'room': {
      const old = state.byId[action.room.id];
      // Events that go to everybody leave out what differs from person to person.
      const room = { ...old, ...action.room, role: (action.room as Partial<Room>).role ?? old?.role ?? null };
      const unread = old ? state.unread : { ...state.unread, [room.id]: unreadOf(action.room) };
      return { ...state, byId: { ...state.byId, [room.id]: room }, unread };
    }
    case 'gone':
      return {
        ...state,
        byId: without(state.byId, action.roomId),
        members: without(state.members, action.roomId),
        unread: without(state.unread, action.roomId),
      };
    case 'members':
      return { ...state, members: { ...state.members, [action.roomId]: action.members } };
    case 'member': {
      const list = state.members[action.roomId];
      if (!list) return state;
      return { ...state, members: { ...state.members, [action.roomId]: withMember(list, action.member) } };
    }
    case 'memberGone': {
      const list = state.members[action.roomId];
      if (!list) return state;
      const left = list.filter(({ userId }) => userId !== action.userId);
      return { ...state, members: { ...state.members, [action.roomId]: left } };
    }
    case 'unreadMessage': {
      const old = state.unread[action.roomId] ?? nothingUnread;
      const next = { ...old, messages: old.messages + 1, mentions: old.mentions + (action.mention ? 1 : 0) };
      return { ...state, unread: { ...state.unread, [action.roomId]: next } };
    }
    case 'read': {
      const old = state.unread[action.roomId];
      if (old?.messages === 0 && old.mentions === 0 && (old.lastReadSeq ?? 0) >= action.seq) return state;
      const next = { messages: 0, mentions: 0, lastReadSeq: action.seq };
      return { ...state, unread: { ...state.unread, [action.roomId]: next } };
    }
    case 'unreadFrom': {
      const { roomId, messages, mentions, seq } = action;
      return { ...state, unread: { ...state.unread, [roomId]: { messages, mentions, lastReadSeq: seq - 1 } } };
    }
    case 'reads': {
      const old = state.reads[action.roomId] ?? {};
      const news = action.markers.filter(({ userId, seq }) => (old[userId] ?? -1) < seq);
      if (news.length === 0) return state;
      const next = { ...old, ...Object.fromEntries(news.map(({ userId, seq }) => [userId, seq])) };
      return { ...state, reads: { ...state.reads, [action.roomId]: next } };
    }
    case 'preferences': {
      const room = state.byId[action.roomId];
      return room ? { ...state, byId: { ...state.byId, [room.id]: { ...room, ...action.preferences } } } : state;
    }
    case 'reset':
      return noRooms;
  }
}

const byName = (a: Room, b: Room): number =>
  a.name.localeCompare(b.name, undefined, { numeric: true }) || a.id.localeCompare(b.id);

const shown = (room: Room): boolean => room.role !== null && !room.archived;

/** Names as people sort them; direct conversations are a list of their own. */
export function sortedRooms(state: RoomsState, direct: boolean): readonly Room[] {
  return Object.values(state.byId)
    .filter((room) => (room.type === 'direct') === direct && shown(room))
    .sort(byName);
}

export type SectionName = 'starred' | 'rooms' | 'direct';

/** The room's place in the side bar. */
const sectionOf = (room: Room): SectionName => (room.starred ? 'starred' : room.type === 'direct' ? 'direct' : 'rooms');

export const roomsOf = (state: RoomsState, section: SectionName): readonly Room[] =>
  Object.values(state.byId)
    .filter((room) => shown(room) && sectionOf(room) === section)
    .sort(byName);

/** All rooms in the order of the side bar. */
export const roomsInOrder = (state: RoomsState): readonly Room[] =>
  (['starred', 'rooms', 'direct'] as const).flatMap((section) => roomsOf(state, section));
