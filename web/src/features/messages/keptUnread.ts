import { localStore } from '@/shared/lib/storage';
import type { Id } from '@/shared/api/types';

/** "Unread from here", by room. Markers of the server only move forward, so this is kept by the device. */
export interface Kept {
  readonly seq: number;
  readonly messages: number;
  readonly mentions: number;
}

const KEY = 'parley.unreadFrom';
type All = Readonly<Record<Id, Kept>>;

export const keptUnread = (): All =>
  localStore.read<All>(KEY, (value) => (typeof value === 'object' && value !== null ? (value as All) : undefined), {});

export function keepUnread(roomId: Id, kept: Kept | null): void {
  const others = Object.fromEntries(Object.entries(keptUnread()).filter(([id]) => id !== roomId));
  localStore.write(KEY, kept ? { ...others, [roomId]: kept } : others);
}
