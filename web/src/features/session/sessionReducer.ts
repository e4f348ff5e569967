import type { User } from '@/shared/api/types';

export interface SessionState {
  /** `restoring`: the browser kept a session and the server is being asked about it. */
  readonly phase: 'restoring' | 'out' | 'in';
  readonly user: User | null;
  /** Signed out by the server while at work: the page says why, and one comes back to the same place. */
  readonly ended: boolean;
  /** The server could not be asked: it is away, the session may still be good. */
  readonly away: boolean;
}

export type SessionAction =
  | { readonly type: 'in'; readonly user: User }
  | { readonly type: 'out' }
  | { readonly type: 'ended' }
  | { readonly type: 'away' }
  | { readonly type: 'user'; readonly user: User };

export const restoring: SessionState = { phase: 'restoring', user: null, ended: false, away: false };

export function sessionReducer(state: SessionState, action: SessionAction): SessionState {
  switch (action.type) {
    case 'in':
      return { phase: 'in', user: action.user, ended: false, away: false };
    case 'out':
      return { phase: 'out', user: null, ended: false, away: false };
    case 'ended':
      return state.phase === 'out' ? state : { phase: 'out', user: null, ended: true, away: false };
    case 'away':
      return { ...state, away: true };
    case 'user':
      return state.phase === 'in' ? { ...state, user: { ...state.user, ...action.user } } : state;
  }
}
