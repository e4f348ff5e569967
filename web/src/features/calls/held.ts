import type { Id } from '@/shared/api/types';
import type { CallSession } from '@/features/call/session/types';
import type { CallWish } from './activeReducer';

/** A call that waits while I am in another one: I neither send nor get anything of it. */
export interface HeldCall {
  readonly wish: CallWish;
  readonly callId: Id;
  readonly session: CallSession;
}

export type HeldAction = { readonly type: 'hold'; readonly call: HeldCall } | { readonly type: 'drop'; readonly callId: Id };

export function heldReducer(state: HeldCall | null, action: HeldAction): HeldCall | null {
  switch (action.type) {
    case 'hold':
      return action.call;
    case 'drop':
      return state?.callId === action.callId ? null : state;
  }
}
