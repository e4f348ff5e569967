import type { Id } from '@/shared/api/types';
import type { Device } from './devices';

/** What the page shows of a room's keys; the keys themselves stay with the keeper. */
export interface RoomKeys {
  /** The newest key is here: this browser reads and writes. */
  readonly ready: boolean;
  readonly keyId: string | null;
  readonly devices: readonly Device[];
}

export interface KeysState {
  /** What this browser kept was read. */
  readonly loaded: boolean;
  readonly rooms: Readonly<Record<Id, RoomKeys>>;
}

export type KeysAction =
  | { readonly type: 'loaded' }
  | { readonly type: 'keys'; readonly roomId: Id; readonly keys: RoomKeys | null }
  | { readonly type: 'reset' };

export const noKeys: KeysState = { loaded: false, rooms: {} };

export function keysReducer(state: KeysState, action: KeysAction): KeysState {
  switch (action.type) {
    case 'loaded':
      return state.loaded ? state : { ...state, loaded: true };
    case 'keys': {
      const others = Object.fromEntries(Object.entries(state.rooms).filter(([id]) => id !== action.roomId));
      return { ...state, rooms: action.keys ? { ...others, [action.roomId]: action.keys } : others };
    }
    case 'reset':
      return noKeys;
  }
}
