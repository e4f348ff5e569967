import { localStore } from '@/shared/lib/storage';
import type { Id } from '@/shared/api/types';
import { rememberRecent } from '@/features/palette/recent';
import { sortedRooms, type RoomsState } from './roomsReducer';

const KEY = 'parley.lastRoom';

export function rememberRoom(room: Id): void {
  localStore.write(KEY, room);
  rememberRecent(room);
}

/** Where one was last; the first room when that is gone. */
export function lastRoom(state: RoomsState): Id | null {
  if (state.status !== 'ready') return null;
  const last = localStore.read(KEY, (value) => (typeof value === 'string' ? value : undefined), '');
  if (last && state.byId[last]) return last;
  return (sortedRooms(state, false)[0] ?? sortedRooms(state, true)[0])?.id ?? null;
}
