import { localStore } from '@/shared/lib/storage';

const KEY = 'parley.recent';
const MOST = 8;

/** Rooms that were looked at last, newest first: what the palette offers before anything is typed. */
export const recentRooms = (): readonly string[] =>
  localStore.read<readonly string[]>(KEY, (value) => (Array.isArray(value) ? value.filter((id) => typeof id === 'string') : undefined), []);

export const rememberRecent = (room: string): void =>
  localStore.write(KEY, [room, ...recentRooms().filter((id) => id !== room)].slice(0, MOST));
