import type { Client } from '@/app/client';
import type { Id } from '@/shared/api/types';

/** Read while it arrives: the room shows, the window has the focus, the end is on screen. */
const inView = new WeakMap<Client, Id>();

export function setInView(client: Client, roomId: Id | null): void {
  if (roomId) inView.set(client, roomId);
  else inView.delete(client);
}

export const roomInView = (client: Client): Id | undefined => (document.hasFocus() ? inView.get(client) : undefined);
