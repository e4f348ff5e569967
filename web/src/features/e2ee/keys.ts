import { join, randomBytes, textOf, toBase64Url, utf8, type Bytes } from './codec';

/**
 * What is made of a room's secret. One secret gives keys for different ends by HKDF with a label for each: none of them
 * tells anything about another or about the secret. Nothing in here can be read out again by a script.
 */
export interface RoomKey {
  /** Tells keys apart in envelopes; tells nothing about the key. */
  readonly id: string;
  readonly root: CryptoKey;
  readonly message: CryptoKey;
  readonly files: CryptoKey;
}

const NONCE = 12;
const TAG_BITS = 128;
const LABEL = 'parley/e2ee/1';

const hkdf = (roomId: string, purpose: string): HkdfParams => ({
  name: 'HKDF',
  hash: 'SHA-256',
  salt: utf8(roomId),
  info: utf8(`${LABEL}/${purpose}`),
});

const bitsOf = async (root: CryptoKey, roomId: string, purpose: string, bits: number): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.deriveBits(hkdf(roomId, purpose), root, bits));

export const hkdfKey = (bytes: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits', 'deriveKey']);

export const aesKey = (base: CryptoKey, how: HkdfParams): Promise<CryptoKey> =>
  crypto.subtle.deriveKey(how, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

export async function keyOfRoot(roomId: string, root: CryptoKey): Promise<RoomKey> {
  const [id, message, files] = await Promise.all([
    bitsOf(root, roomId, 'key-id', 64),
    aesKey(root, hkdf(roomId, 'messages')),
    bitsOf(root, roomId, 'files', 256).then(hkdfKey),
  ]);
  return { id: toBase64Url(id), root, message, files };
}

export const keyOfSecret = async (roomId: string, secret: Bytes): Promise<RoomKey> => keyOfRoot(roomId, await hkdfKey(secret));

/** Key material for the media of calls. */
export const mediaKeyOf = async ({ root }: RoomKey, roomId: string): Promise<CryptoKey> =>
  hkdfKey(await bitsOf(root, roomId, 'media', 256));

/** 64 bits that two people compare as words. */
export const safetyBits = ({ root }: RoomKey, roomId: string): Promise<Bytes> => bitsOf(root, roomId, 'safety', 64);

/** What belongs to a sealed thing although it is not in it: with anything else it does not open. */
export const boundTo = (...parts: readonly string[]): Bytes => utf8(JSON.stringify([LABEL, ...parts]));

export async function seal(key: CryptoKey, plain: Bytes, bound: Bytes): Promise<Bytes> {
  const iv = randomBytes(NONCE);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bound, tagLength: TAG_BITS }, key, plain);
  return join(iv, new Uint8Array(sealed));
}

/** Null: another key, other circumstances, or somebody changed it. */
export async function unseal(key: CryptoKey, sealed: Bytes, bound: Bytes): Promise<Bytes | null> {
  try {
    const iv = sealed.slice(0, NONCE);
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: bound, tagLength: TAG_BITS }, key, sealed.slice(NONCE));
    return new Uint8Array(plain);
  } catch {
    return null;
  }
}

/** JSON in steps of 64 bytes: its length does not tell the text's. */
export const padded = (value: unknown, step = 64): Bytes => {
  const bytes = utf8(JSON.stringify(value));
  return join(bytes, new Uint8Array((step - (bytes.length % step)) % step).fill(0x20));
};

export function jsonOf(bytes: Bytes | null): unknown {
  try {
    return bytes ? (JSON.parse(textOf(bytes)) as unknown) : null;
  } catch {
    return null;
  }
}
