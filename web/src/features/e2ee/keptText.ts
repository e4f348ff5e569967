import type { Id } from '@/shared/api/types';
import { readEnvelope } from './envelope';
import type { Keeper } from './keeper';
import { openText, sealText } from './sealedText';

/** Text of an encrypted room that waits on the disk: sealed as it will be on its way. */
export interface KeptText {
  /** Null: this browser has no key of the room, so the text stays off the disk. */
  readonly seal: (roomId: Id, clientId: string, text: string) => Promise<string | null>;
  readonly open: (roomId: Id, clientId: string, sealed: string) => Promise<string | null>;
}

export function createKeptText(keeper: Keeper, me: () => Id, loaded: () => Promise<void>): KeptText {
  return {
    seal: async (roomId, clientId, text) => {
      await loaded();
      // Without a line a key that is due cannot be renewed; this text leaves the browser under the next one.
      const key = keeper.ring(roomId)?.newest;
      return key ? sealText(key, { roomId, senderId: me(), clientId }, text) : null;
    },
    open: async (roomId, clientId, sealed) => {
      await loaded();
      const envelope = readEnvelope(sealed);
      const key = envelope && keeper.ring(roomId)?.key(envelope.keyId);
      return key ? openText(key, envelope, { roomId, senderId: me(), clientId }).catch(() => null) : null;
    },
  };
}
