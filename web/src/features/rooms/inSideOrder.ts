import type { Client } from '@/app/client';
import type { Room } from '@/shared/api/types';
import { roomTitle } from './actions';
import { roomsInOrder } from './roomsReducer';

/** The rooms as they stand in the side bar: conversations of two by the other's name. */
export function inSideOrder(client: Client): readonly { readonly id: string; readonly title: string; readonly room: Room }[] {
  const drawn = roomsInOrder(client.rooms.getState()).map((room) => ({ id: room.id, title: roomTitle(client, room), room }));
  const rank = ({ room }: (typeof drawn)[number]) => (room.type === 'direct' && !room.starred ? 1 : 0);
  return drawn.toSorted((a, b) => rank(a) - rank(b) || (rank(a) === 1 ? a.title.localeCompare(b.title) : 0));
}
