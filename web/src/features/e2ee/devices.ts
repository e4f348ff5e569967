import { fromBase64Url, join, toBase64Url, utf8, type Bytes } from './codec';
import { aesKey, boundTo, hkdfKey, seal, unseal } from './keys';

/**
 * A browser that may be handed a room's next key. Its key pair is made here and its private half cannot be read out.
 * The public half is announced in the room, sealed with the room's key: the server cannot slip one in.
 */
export interface Device {
  readonly id: string;
  readonly userId: string;
  /** The point on P-256, 65 bytes. */
  readonly point: string;
}

export interface OwnDevice {
  readonly id: string;
  readonly point: string;
  readonly privateKey: CryptoKey;
}

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const;
const BITS = 256;

const idOf = async (point: Bytes): Promise<string> =>
  toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', point))).slice(0, 12);

export async function newDevice(): Promise<OwnDevice> {
  const pair = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
  const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  return { id: await idOf(point), point: toBase64Url(point), privateKey: pair.privateKey };
}

/** Null for what is no point, or whose id is not its own. */
export async function checkedDevice(userId: string, point: unknown): Promise<Device | null> {
  const bytes = typeof point === 'string' ? fromBase64Url(point) : null;
  if (!bytes || typeof point !== 'string' || !(await publicKey(point))) return null;
  return { id: await idOf(bytes), userId, point };
}

async function publicKey(point: string): Promise<CryptoKey | null> {
  const bytes = fromBase64Url(point);
  return bytes ? crypto.subtle.importKey('raw', bytes, CURVE, false, []).catch(() => null) : null;
}

const agreed = async (mine: CryptoKey, theirs: CryptoKey): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, mine, BITS));

/** Everything that a handover is about; both ends must mean the same. */
export interface Handover {
  readonly roomId: string;
  readonly base: string;
  readonly next: string;
  readonly from: string;
  readonly to: string;
  /** The point of a key pair made for this handover alone. */
  readonly once: string;
}

async function wrapKey(first: Bytes, second: Bytes, about: Handover): Promise<{ key: CryptoKey; bound: Bytes }> {
  const bound = boundTo('wrap', about.roomId, about.base, about.next, about.from, about.to, about.once);
  const base = await hkdfKey(join(first, second));
  return { bound, key: await aesKey(base, { name: 'HKDF', hash: 'SHA-256', salt: utf8(about.roomId), info: bound }) };
}

/** The pair of one renewal; its private half is forgotten with it. */
export async function oncePair(): Promise<{ point: string; privateKey: CryptoKey }> {
  const { point, privateKey } = await newDevice();
  return { point, privateKey };
}

/**
 * Seals a secret for one device. Two agreements go into the key: of the pair made for this alone, and of the sender's own
 * device, so that the receiver knows which device it came from.
 */
export async function wrapSecret(secret: Bytes, own: OwnDevice, once: CryptoKey, to: Device, about: Handover): Promise<string | null> {
  const theirs = await publicKey(to.point);
  if (!theirs) return null;
  const { key, bound } = await wrapKey(await agreed(once, theirs), await agreed(own.privateKey, theirs), about);
  return toBase64Url(await seal(key, secret, bound));
}

export async function unwrapSecret(sealed: string, own: OwnDevice, from: Device, about: Handover): Promise<Bytes | null> {
  const [once, theirs] = await Promise.all([publicKey(about.once), publicKey(from.point)]);
  const body = fromBase64Url(sealed);
  if (!once || !theirs || !body) return null;
  const { key, bound } = await wrapKey(await agreed(own.privateKey, once), await agreed(own.privateKey, theirs), about);
  return unseal(key, body, bound);
}
