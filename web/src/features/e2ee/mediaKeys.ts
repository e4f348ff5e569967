import type { Client } from '@/app/client';
import type { MediaKeys } from '@/features/call/session/sealedMedia';
import { JoinError } from '@/features/call/session/types';
import type { Id } from '@/shared/api/types';

/** The keys of a room for a call in it, followed while it goes on. Null: the room is not encrypted. */
export async function mediaKeys({ e2ee }: Client, roomId: Id): Promise<MediaKeys | null> {
  const keys = await e2ee.mediaKeys(roomId).catch(() => {
    throw new JoinError({ kind: 'noKey' });
  });
  if (!keys) return null;
  const keyId = () => e2ee.store.getState().rooms[roomId]?.keyId;
  return {
    keys,
    onKeys: (listener) => {
      let was = keyId();
      return e2ee.store.subscribe(() => {
        const now = keyId();
        if (now === was) return;
        was = now;
        void e2ee.mediaKeys(roomId).then((next) => next && listener(next), () => undefined);
      });
    },
  };
}
