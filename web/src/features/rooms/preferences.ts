import type { Client } from '@/app/client';
import type { Room, RoomPreferences } from '@/shared/api/types';
import { showError } from '@/features/notices/actions';

/** What one wants of a room: shown at once, kept by the server, told to one's other devices by it. */
export async function setPreferences(client: Client, room: Room, change: RoomPreferences): Promise<void> {
  const { id: roomId, starred, muted, notify } = room;
  client.rooms.dispatch({ type: 'preferences', roomId, preferences: change });
  try {
    await client.api.setRoomPreferences(roomId, change);
  } catch (error) {
    client.rooms.dispatch({ type: 'preferences', roomId, preferences: { starred, muted, notify } });
    showError(client, error);
  }
}
