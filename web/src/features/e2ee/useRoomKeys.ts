import { useClient } from '@/app/client';
import type { Id } from '@/shared/api/types';
import { useStore } from '@/shared/state/store';

export type Lock = 'plain' | 'opening' | 'open' | 'locked';

/** Whether this browser can read and write in a room. */
export function useLock(roomId: Id): Lock {
  const client = useClient();
  const encrypted = useStore(client.rooms, (state) => state.byId[roomId]?.e2ee === true);
  const keys = useStore(client.e2ee.store, (state) => state.rooms[roomId]);
  const loaded = useStore(client.e2ee.store, (state) => state.loaded);
  if (keys) return keys.ready ? 'open' : 'locked';
  if (!encrypted) return 'plain';
  return loaded ? 'locked' : 'opening';
}

/** WebCrypto is there on secure pages alone: https, or this machine itself. */
export const canEncrypt = (): boolean => 'subtle' in crypto && typeof (crypto as Partial<Crypto>).subtle === 'object';
