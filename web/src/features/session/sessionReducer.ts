import type { User } from '@/shared/api/types';
import type { Phrase } from '@/shared/i18n';

export interface SessionState {
  /** `restoring`: the browser kept a session, or came back with a code, and the server is being asked about it. */
  readonly phase: 'restoring' | 'out' | 'in';
  readonly user: User | null;
  /** Signed out by the server while at work: the page says why, and one comes back to the same place. */
  readonly ended: boolean;
  /** The server could not be asked: it is away, the session may still be good. */
  readonly away: boolean;
  /** Why a sign-in elsewhere led nowhere. */
  readonly refusal: Phrase | null;
}

export type SessionAction =
  | { readonly type: 'in'; readonly user: User }
  | { readonly type: 'out'; readonly refusal?: Phrase }
  | { readonly type: 'ended' }
  | { readonly type: 'away' }
  | { readonly type: 'user'; readonly user: User };

const nobody = { user: null, ended: false, away: false, refusal: null } as const;
export const restoring: SessionState = { ...nobody, phase: 'restoring' };

export function sessionReducer(state: SessionState, action: SessionAction): SessionState {
  switch (action.type) {
    case 'in':
      return { ...nobody, phase: 'in', user: action.user };
    case 'out':
      return { ...nobody, phase: 'out', refusal: action.refusal ?? null };
    case 'ended':
      return state.phase === 'out' ? state : { ...nobody, phase: 'out', ended: true };
    case 'away':
      return { ...state, away: true };
    case 'user':
      return state.phase === 'in' ? { ...state, user: { ...state.user, ...action.user } } : state;
  }
}
