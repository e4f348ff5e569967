import { createContext, useContext, type ReactNode } from 'react';
import type { MemberRights } from '@/shared/api/types';

export interface WaitingPerson {
  readonly userId: string;
  readonly name: string;
}

/** What owners and moderators of the room may do in its call. */
export interface HostActs {
  readonly lobby: readonly WaitingPerson[];
  readonly locked: boolean;
  readonly lock: (locked: boolean) => void;
  /** What the others may send. */
  readonly allowed: MemberRights;
  readonly allow: (change: Partial<MemberRights>) => void;
  readonly admit: (userIds: readonly string[]) => void;
  readonly turnAway: (userId: string) => void;
  readonly mute: (userIds: readonly string[]) => void;
  readonly askUnmute: (userId: string) => void;
  readonly stopVideo: (userId: string, trackSid: string) => void;
  readonly lowerHand: (userId: string) => void;
  readonly lowerAll: () => void;
  /** Shows somebody large to everybody; null: nobody any more. */
  readonly spotlight: (identity: string | null) => void;
  /** Members of whom I may make hosts: none unless the room is mine. */
  readonly promotable: readonly string[];
  readonly makeHost: (userId: string) => void;
  readonly remove: (userId: string) => void;
  readonly endForAll: () => void;
}

export interface CallReaction {
  readonly userId: string;
  readonly name: string;
  readonly emoji: string;
}

/** What a call knows of the room around it; nothing where there is none. */
export interface RoomCall {
  readonly flag: { readonly id: string; readonly spec?: string | null };
  /** Sound and pictures are sealed from end to end. */
  readonly encrypted?: boolean;
  /** Ids of people with a raised hand, in the order of raising. */
  readonly hands: readonly string[];
  readonly raised: boolean;
  readonly toggleHand: () => void;
  readonly back: () => void;
  readonly open: () => void;
  readonly leave: () => void;
  /** Whom a host shows large to everybody. */
  readonly spotlight: string | null;
  /** Ids of the owners and moderators. */
  readonly hosts: readonly string[];
  /** Only where I am one of them. */
  readonly host?: HostActs;
  readonly react: (emoji: string) => void;
  readonly onReaction: (listener: (reaction: CallReaction) => void) => () => void;
  /** The room's messages, to stand beside the call. */
  readonly chat: ReactNode;
  readonly unread: number;
}

/** A person's second device is the same person. */
export const userOf = (identity: string): string => identity.split('#')[0] ?? identity;

export const RoomCallContext = createContext<RoomCall | null>(null);
export const useRoomCall = (): RoomCall | null => useContext(RoomCallContext);
