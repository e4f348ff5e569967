import type { Call, CallType, Id } from '@/shared/api/types';
import type { CallSession, EndCause, Failure } from '@/features/call/session/types';
import type { Hand, Waiting } from '@/shared/api/events';

/** How somebody wants to come in. */
export interface CallWish {
  readonly roomId: Id;
  readonly type: CallType;
  /** The call that rang; without it the one of the room, or a new one. */
  readonly callId?: Id;
  /** Camera and microphone as chosen before; `sound` without the camera, `quiet` without both. */
  readonly enter: 'chosen' | 'sound' | 'quiet';
  /** Of a call that this starts: these alone are rung. */
  readonly ring?: readonly Id[];
}

/** What became of the call itself, for those who are out of it. */
export type Outcome = Call['status'];

/** The one call that this page is in, or goes to. */
export type ActiveCall =
  | { readonly step: 'none' }
  | { readonly step: 'joining'; readonly wish: CallWish }
  | {
      readonly step: 'call';
      readonly wish: CallWish;
      readonly callId: Id;
      readonly session: CallSession;
      readonly hands: readonly Hand[];
      /** Who waits to be let in; told to hosts only. */
      readonly lobby: readonly Waiting[];
      readonly outcome?: Outcome;
    }
  /** Before a locked call: the hosts were asked, or have said no. */
  | { readonly step: 'lobby'; readonly wish: CallWish; readonly callId: Id; readonly denied: boolean }
  | { readonly step: 'ended'; readonly wish: CallWish; readonly callId: Id; readonly cause: EndCause; readonly outcome?: Outcome }
  | { readonly step: 'failed'; readonly wish: CallWish; readonly failure: Failure };

export type ActiveAction =
  | { readonly type: 'join'; readonly wish: CallWish }
  | { readonly type: 'joined'; readonly callId: Id; readonly session: CallSession }
  /** One that was on hold. */
  | { readonly type: 'resumed'; readonly wish: CallWish; readonly callId: Id; readonly session: CallSession }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'ended'; readonly cause: EndCause }
  | { readonly type: 'outcome'; readonly callId: Id; readonly outcome: Outcome }
  | { readonly type: 'hands'; readonly callId: Id; readonly hands: readonly Hand[] }
  | { readonly type: 'knocked'; readonly callId: Id }
  | { readonly type: 'admitted' | 'denied'; readonly callId: Id }
  | { readonly type: 'lobby'; readonly callId: Id; readonly lobby: readonly Waiting[] }
  | { readonly type: 'close' };

export const noCall: ActiveCall = { step: 'none' };

export function activeReducer(state: ActiveCall, action: ActiveAction): ActiveCall {
  switch (action.type) {
    case 'join':
      return { step: 'joining', wish: action.wish };
    case 'joined':
      return state.step === 'joining'
        ? { step: 'call', wish: state.wish, callId: action.callId, session: action.session, hands: [], lobby: [] }
        : state;
    case 'resumed':
      return { step: 'call', wish: action.wish, callId: action.callId, session: action.session, hands: [], lobby: [] };
    case 'failed':
      if (state.step !== 'joining') return state;
      return action.failure.kind === 'cancelled' ? noCall : { step: 'failed', wish: state.wish, failure: action.failure };
    case 'ended':
      if (state.step !== 'call') return state;
      // Who leaves knows that they left.
      if (action.cause === 'left') return noCall;
      return { step: 'ended', wish: state.wish, callId: state.callId, cause: action.cause, outcome: state.outcome };
    case 'outcome':
      // Media may end before the news of the call or after it.
      if (state.step !== 'call' && state.step !== 'ended') return state;
      return state.callId === action.callId ? { ...state, outcome: action.outcome } : state;
    case 'hands':
      return state.step === 'call' && state.callId === action.callId ? { ...state, hands: action.hands } : state;
    case 'knocked':
      return state.step === 'joining' ? { step: 'lobby', wish: state.wish, callId: action.callId, denied: false } : state;
    case 'admitted':
      return state.step === 'lobby' && state.callId === action.callId ? { step: 'joining', wish: state.wish } : state;
    case 'denied':
      return state.step === 'lobby' && state.callId === action.callId ? { ...state, denied: true } : state;
    case 'lobby':
      return state.step === 'call' && state.callId === action.callId ? { ...state, lobby: action.lobby } : state;
    case 'close':
      return noCall;
  }
}
