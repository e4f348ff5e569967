import { newDevice, type Device, type OwnDevice } from './devices';
import { seal, unseal } from './keys';
import { utf8, type Bytes } from './codec';

/** A room's keys as this browser keeps them. The key cannot be read out; the secret, which links need, lies sealed. */
export interface KeptKey {
  readonly id: string;
  readonly root: CryptoKey;
  readonly secret: Bytes;
}

export interface KeptRoom {
  readonly roomId: string;
  readonly keys: readonly KeptKey[];
  /** Old key to new key, as renewals were seen. */
  readonly renewed: Readonly<Record<string, string>>;
  /** The newest key that is known of, whether or not it is here. */
  readonly current: string | null;
  readonly devices: readonly Device[];
  /** The stretch of the room's history that was looked through for keys: numbers of its first and last event. */
  readonly floor: number;
  readonly seen: number;
}

export interface Vault {
  readonly device: OwnDevice;
  readonly rooms: () => Promise<readonly KeptRoom[]>;
  readonly keep: (room: KeptRoom) => Promise<void>;
  readonly forget: (roomId: string) => Promise<void>;
  readonly sealSecret: (roomId: string, secret: Bytes) => Promise<Bytes>;
  readonly openSecret: (roomId: string, sealed: Bytes) => Promise<Bytes | null>;
}

interface Own {
  readonly device: OwnDevice;
  readonly lock: CryptoKey;
}

const asPromise = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB'));
  });

function openDatabase(userId: string): Promise<IDBDatabase> {
  const request = indexedDB.open(`parley-e2ee-${userId}`, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('own');
    request.result.createObjectStore('rooms', { keyPath: 'roomId' });
  };
  return asPromise(request);
}

const makeOwn = async (): Promise<Own> => ({
  device: await newDevice(),
  lock: await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
});

const vaultOf = ({ device, lock }: Own, rows: Pick<Vault, 'rooms' | 'keep' | 'forget'>): Vault => ({
  ...rows,
  device,
  sealSecret: (roomId, secret) => seal(lock, secret, utf8(roomId)),
  openSecret: (roomId, sealed) => unseal(lock, sealed, utf8(roomId)),
});

/** Keys for as long as the page lives: where a browser keeps nothing, and for tests. */
export async function memoryVault(): Promise<Vault> {
  const rooms = new Map<string, KeptRoom>();
  return vaultOf(await makeOwn(), {
    rooms: () => Promise.resolve([...rooms.values()]),
    keep: (room) => {
      rooms.set(room.roomId, room);
      return Promise.resolve();
    },
    forget: (roomId) => {
      rooms.delete(roomId);
      return Promise.resolve();
    },
  });
}

/** Another tab may have learned a key meanwhile, which this one does not know. */
function merged(before: KeptRoom, now: KeptRoom): KeptRoom {
  const fresh = before.keys.filter(({ id }) => !now.keys.some((key) => key.id === id));
  return { ...now, keys: [...fresh, ...now.keys], renewed: { ...now.renewed, ...before.renewed } };
}

/** The keys of one account in this browser. */
export async function openVault(userId: string): Promise<Vault> {
  try {
    const database = await openDatabase(userId);
    const table = (name: 'own' | 'rooms', mode: IDBTransactionMode) => database.transaction(name, mode).objectStore(name);
    const made = await makeOwn();
    // Another tab may open it in the same moment: whoever adds first is this browser's device.
    await asPromise(table('own', 'readwrite').add(made, 'own')).catch(() => undefined);
    const own = (await asPromise<unknown>(table('own', 'readonly').get('own'))) as Own;
    return vaultOf(own, {
      rooms: async () => (await asPromise<unknown[]>(table('rooms', 'readonly').getAll())) as KeptRoom[],
      keep: async (room) => {
        const store = table('rooms', 'readwrite');
        const before = (await asPromise<unknown>(store.get(room.roomId))) as KeptRoom | undefined;
        await asPromise(store.put(before ? merged(before, room) : room));
      },
      forget: async (roomId) => {
        await asPromise(table('rooms', 'readwrite').delete(roomId));
      },
    });
  } catch {
    return memoryVault();
  }
}

