import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Stroke } from '@/shared/api/events';
import type { Store } from '@/shared/state/store';
import type { ControlInput } from './control/input';
import { noShares, type SharesAction, type SharesState } from './marks/sharesReducer';
import type { Drawers, SharedScreen } from './marks/types';

/** Acts on the shared screens of a call. Each goes to the server; what comes of it is in the store. */
export interface ShareRoom {
  readonly me: string;
  readonly store: Store<SharesState, SharesAction>;
  readonly draw: (shareId: string, stroke: Stroke) => void;
  readonly undo: (shareId: string) => void;
  readonly clear: (shareId: string, everyone: boolean) => void;
  readonly allow: (shareId: string, drawers: Drawers) => void;
  readonly ask: (shareId: string) => void;
  readonly answer: (shareId: string, userId: string, granted: boolean) => void;
  /** Ends control, by the sharer or by the one in control. */
  readonly revoke: (shareId: string) => void;
  readonly input: (shareId: string, input: ControlInput) => void;
}

/** Nothing where a call has no room around it: then a screen is looked at, and that is all. */
export const ShareContext = createContext<ShareRoom | null>(null);

export const useShareRoom = (): ShareRoom | null => useContext(ShareContext);

const never = () => () => undefined;

export function useSharedScreen(id: string): SharedScreen | null {
  const room = useShareRoom();
  const state = useSyncExternalStore(room?.store.subscribe ?? never, room?.store.getState ?? (() => noShares));
  return state.shares[id] ?? null;
}

export function mayDraw(share: SharedScreen, me: string, hosts: readonly string[]): boolean {
  return share.userId === me || share.drawers === 'everyone' || (share.drawers === 'hosts' && hosts.includes(me));
}
