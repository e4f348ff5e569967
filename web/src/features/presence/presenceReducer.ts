import type { Id, Presence, PresenceStatus } from '@/shared/api/types';

export interface PresenceState {
  readonly people: Readonly<Record<Id, Presence>>;
  /** Who types where; they stop by themselves when nothing more is heard. */
  readonly typing: Readonly<Record<Id, readonly { readonly userId: Id; readonly name: string; readonly until: number }[]>>;
}

export type PresenceAction =
  | { readonly type: 'presence'; readonly list: readonly (Presence & { readonly userId: Id })[] }
  | { readonly type: 'typing'; readonly roomId: Id; readonly userId: Id; readonly name: string; readonly until: number }
  | { readonly type: 'stopTyping'; readonly roomId: Id; readonly userId: Id }
  | { readonly type: 'tick'; readonly now: number }
  | { readonly type: 'reset' };

export const nobody: PresenceState = { people: {}, typing: {} };

export const statusOf = (state: PresenceState, userId: Id | undefined): PresenceStatus =>
  (userId ? state.people[userId]?.status : undefined) ?? 'offline';

export function presenceReducer(state: PresenceState, action: PresenceAction): PresenceState {
  switch (action.type) {
    case 'presence': {
      const news = action.list.filter(({ userId, status }) => state.people[userId]?.status !== status);
      if (news.length === 0) return state;
      return { ...state, people: { ...state.people, ...Object.fromEntries(news.map((item) => [item.userId, item])) } };
    }
    case 'typing': {
      const { roomId, userId, name, until } = action;
      const rest = (state.typing[roomId] ?? []).filter((item) => item.userId !== userId);
      return { ...state, typing: { ...state.typing, [roomId]: [...rest, { userId, name, until }] } };
    }
    case 'stopTyping': {
      const list = state.typing[action.roomId];
      if (!list?.some(({ userId }) => userId === action.userId)) return state;
      const left = list.filter(({ userId }) => userId !== action.userId);
      return { ...state, typing: { ...state.typing, [action.roomId]: left } };
    }
    case 'tick': {
      const over = Object.values(state.typing).some((list) => list.some(({ until }) => until <= action.now));
      if (!over) return state;
      const typing = Object.entries(state.typing).map(([id, list]) => [id, list.filter(({ until }) => until > action.now)]);
      return { ...state, typing: Object.fromEntries(typing) as PresenceState['typing'] };
    }
    case 'reset':
      return nobody;
  }
}
