import type { JoinWish } from './prejoin/JoinForm';
import type { CallSession, EndCause, Failure } from './session/types';

/** Where the page of a call stands. */
export type PageState =
  | { readonly step: 'form'; readonly failure: Failure | null; readonly needsToken: boolean }
  | { readonly step: 'joining'; readonly wish: JoinWish; readonly needsToken: boolean }
  | { readonly step: 'call'; readonly wish: JoinWish; readonly session: CallSession }
  | { readonly step: 'ended'; readonly wish: JoinWish; readonly cause: EndCause };

export type PageAction =
  | { readonly type: 'join'; readonly wish: JoinWish }
  | { readonly type: 'needsToken' }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'joined'; readonly session: CallSession }
  | { readonly type: 'ended'; readonly cause: EndCause }
  | { readonly type: 'form' };

export const firstPage: PageState = { step: 'form', failure: null, needsToken: false };

export function pageReducer(state: PageState, action: PageAction): PageState {
  const needsToken = state.step === 'form' || state.step === 'joining' ? state.needsToken : false;
  switch (action.type) {
    case 'join':
      return state.step === 'call' ? state : { step: 'joining', wish: action.wish, needsToken };
    case 'needsToken':
      return { step: 'form', failure: null, needsToken: true };
    case 'failed':
      return { step: 'form', failure: action.failure.kind === 'cancelled' ? null : action.failure, needsToken };
    case 'joined':
      return state.step === 'joining' ? { step: 'call', wish: state.wish, session: action.session } : state;
    case 'ended':
      return state.step === 'call' ? { step: 'ended', wish: state.wish, cause: action.cause } : state;
    case 'form':
      return firstPage;
  }
}
