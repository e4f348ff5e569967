import { createContext, useContext } from 'react';

/** What a call knows of the room around it; nothing where there is none. */
export interface RoomCall {
  readonly flag: { readonly id: string; readonly spec?: string | null };
  /** Identities with a raised hand, in the order of raising. */
  readonly hands: readonly string[];
  readonly raised: boolean;
  readonly toggleHand: () => void;
  readonly back: () => void;
  readonly open: () => void;
  readonly leave: () => void;
  readonly endForAll?: () => void;
}

export const RoomCallContext = createContext<RoomCall | null>(null);
export const useRoomCall = (): RoomCall | null => useContext(RoomCallContext);
