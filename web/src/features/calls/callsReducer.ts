import type { Call, Id } from '@/shared/api/types';

export interface Ringing {
  readonly call: Call;
  readonly fromId: Id | null;
  readonly fromName: string;
  readonly since: number;
  /** The sound was stopped here; the call still waits for an answer. */
  readonly silent: boolean;
}

export interface CallsState {
  /** Calls that go on now, by room. */
  readonly live: Readonly<Record<Id, Call>>;
  readonly ringing: readonly Ringing[];
  readonly history: readonly Call[] | null;
  readonly nextCursor: string | null;
}

export type CallsAction =
  | { readonly type: 'rings'; readonly ringing: Ringing }
  | { readonly type: 'call'; readonly call: Call; readonly me: Id }
  | { readonly type: 'silence'; readonly callId: Id }
  | { readonly type: 'dismiss'; readonly callId: Id }
  | { readonly type: 'history'; readonly items: readonly Call[]; readonly nextCursor: string | null; readonly more?: boolean }
  | { readonly type: 'live'; readonly calls: readonly Call[] }
  | { readonly type: 'reset' };

export const noCalls: CallsState = { live: {}, ringing: [], history: null, nextCursor: null };

const isLive = (call: Call): boolean => call.status === 'active' || call.status === 'ringing';

/** Whether my devices should go on ringing for this call. */
function stillRings(call: Call, me: Id): boolean {
  if (!isLive(call)) return false;
  const mine = call.participants.find(({ userId }) => userId === me);
  return !mine || mine.status === 'ringing';
}

function withCall(state: CallsState, call: Call, me: Id): CallsState {
  const { [call.roomId]: current, ...others } = state.live;
  // News of an older call does not end the one that goes on.
  const live = isLive(call) ? { ...others, [call.roomId]: call } : current?.id === call.id ? others : state.live;
  const ringing = stillRings(call, me)
    ? state.ringing.map((item) => (item.call.id === call.id ? { ...item, call } : item))
    : state.ringing.filter((item) => item.call.id !== call.id);
  const history = state.history?.some(({ id }) => id === call.id)
    ? state.history.map((item) => (item.id === call.id ? call : item))
    : state.history && [call, ...state.history];
  return { ...state, live, ringing, history };
}

export function callsReducer(state: CallsState, action: CallsAction): CallsState {
  switch (action.type) {
    case 'rings': {
      const rest = state.ringing.filter(({ call }) => call.id !== action.ringing.call.id);
      const { call } = action.ringing;
      return { ...state, ringing: [...rest, action.ringing], live: { ...state.live, [call.roomId]: call } };
    }
    case 'call':
      return withCall(state, action.call, action.me);
    case 'silence':
      return {
        ...state,
        ringing: state.ringing.map((item) => (item.call.id === action.callId ? { ...item, silent: true } : item)),
      };
    case 'dismiss':
      return { ...state, ringing: state.ringing.filter(({ call }) => call.id !== action.callId) };
    case 'live':
      return { ...state, live: Object.fromEntries(action.calls.filter(isLive).map((call) => [call.roomId, call])) };
    case 'history':
      return {
        ...state,
        history: action.more ? [...(state.history ?? []), ...action.items] : action.items,
        nextCursor: action.nextCursor,
      };
    case 'reset':
      return noCalls;
  }
}
