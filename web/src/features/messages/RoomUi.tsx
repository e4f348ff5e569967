import { createContext, useContext } from 'react';
import type { Id, Message } from '@/shared/api/types';

/** What is known of somebody without asking. */
export interface Known {
  readonly userId: Id;
  readonly name: string;
  readonly avatarUrl?: string | null;
}

/** What the parts of a room ask of the room they stand in. */
export interface RoomUi {
  readonly roomId: Id;
  readonly threadId?: Id;
  /** Somebody who may delete and pin what others wrote. */
  readonly moderates: boolean;
  readonly readOnly: boolean;
  /** Why nobody can write here, to stand where one would. */
  readonly readOnlyWhy?: string;
  readonly edit: (message: Message) => void;
  readonly reply: (message: Message) => void;
  readonly remove: (message: Message) => void;
  readonly openThread: (message: Message) => void;
  readonly unreadFrom: (message: Message) => void;
  /** Opens the card of a person. */
  readonly about: (person: Known) => void;
  /** The thread that stands open beside the room. */
  readonly shownThread?: Id;
}

export const RoomUiContext = createContext<RoomUi | null>(null);

export function useRoomUi(): RoomUi {
  const ui = useContext(RoomUiContext);
  if (!ui) throw new Error('useRoomUi outside of a room');
  return ui;
}
