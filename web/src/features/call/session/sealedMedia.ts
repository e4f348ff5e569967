import { ExternalE2EEKeyProvider, isE2EESupported, RoomEvent, type Room } from 'livekit-client';
import MediaWorker from 'livekit-client/e2ee-worker?worker';
import { JoinError } from './types';

/** A key of the room's for its calls, and its place among the sixteen that frames name. */
export interface MediaKey {
  readonly key: CryptoKey;
  readonly index: number;
}

export interface MediaKeys {
  /** The one to send with comes last. */
  readonly keys: readonly MediaKey[];
  /** Told when the room's key is renewed while the call goes on. */
  readonly onKeys: (listener: (keys: readonly MediaKey[]) => void) => () => void;
}

class RoomKeyProvider extends ExternalE2EEKeyProvider {
  constructor() {
    // Keys come from the room alone: none is guessed on the way.
    super({ ratchetWindowSize: 0, keySize: 256 });
  }
  use(keys: readonly MediaKey[]): void {
    for (const { key, index } of keys) this.onSetEncryptionKey(key, undefined, index);
  }
}

/** Sound and pictures are sealed in a worker before they leave, or there is no call. */
export function sealMedia(keys: MediaKeys) {
  if (!isE2EESupported()) throw new JoinError({ kind: 'unsupported' });
  const keyProvider = new RoomKeyProvider();
  const worker = new MediaWorker();
  return {
    options: { encryption: { keyProvider, worker } },
    start: async (room: Room): Promise<void> => {
      keyProvider.use(keys.keys);
      await room.setE2EEEnabled(true);
      const stop = keys.onKeys((next) => keyProvider.use(next));
      room.once(RoomEvent.Disconnected, () => {
        stop();
        worker.terminate();
      });
    },
  };
}
