import { fromBase64Url, toBase64Url, type Bytes } from './codec';
import { checkedDevice, oncePair, unwrapSecret, wrapSecret, type Device, type OwnDevice } from './devices';
import { writeRenewal, type Envelope } from './envelope';
import { boundTo, jsonOf, padded, seal, unseal, type RoomKey } from './keys';
import type { Place } from './sealedText';

/** So many devices fit into one message of the server's usual size. */
const DEVICES_A_PART = 30;

type Renewal = Extract<Envelope, { marker: 'r' }>;

const boundOf = (side: 'old' | 'new', base: string, next: string, { roomId, senderId, clientId }: Place) =>
  boundTo('r', side, base, next, roomId, senderId, clientId);

export interface RenewalWish {
  readonly base: RoomKey;
  readonly baseSecret: Bytes;
  readonly next: RoomKey;
  readonly nextSecret: Bytes;
  readonly own: OwnDevice;
  readonly devices: readonly Device[];
  readonly placeOf: (part: number) => Place;
}

/**
 * The messages that hand a new secret to devices. For those who hold the old key: the new secret, wrapped for each device.
 * For those who get the new key otherwise (by a link): the old secret, so that they can read on, and who holds the key.
 */
export async function writeRenewals(wish: RenewalWish): Promise<readonly string[]> {
  const { base, next, own } = wish;
  const once = await oncePair();
  const parts: string[] = [];
  for (let from = 0; from === 0 || from < wish.devices.length; from += DEVICES_A_PART) {
    const devices = wish.devices.slice(from, from + DEVICES_A_PART);
    const place = wish.placeOf(parts.length);
    const wraps: Record<string, string> = {};
    for (const device of devices) {
      const about = { roomId: place.roomId, base: base.id, next: next.id, from: own.id, to: device.id, once: once.point };
      const wrapped = await wrapSecret(wish.nextSecret, own, once.privateKey, device, about);
      if (wrapped) wraps[device.id] = wrapped;
    }
    const forOld = padded({ by: own.id, once: once.point, wraps });
    const forNew = padded({ secret: toBase64Url(wish.baseSecret), devices: devices.map(({ userId, point }) => [userId, point]) });
    parts.push(
      writeRenewal(
        next.id,
        base.id,
        await seal(base.message, forOld, boundOf('old', base.id, next.id, place)),
        await seal(next.message, forNew, boundOf('new', base.id, next.id, place)),
      ),
    );
  }
  return parts;
}

const field = (value: unknown, key: string): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined);

export interface Handed {
  /** The renewal is what it says: written by somebody with the old key. */
  readonly genuine: boolean;
  /** The new secret, when this device was among those it was meant for. */
  readonly secret: Bytes | null;
}

/** What a renewal gives to a device that holds the old key. Only a device known from before can hand a key over. */
export async function takeRenewal(
  base: RoomKey,
  renewal: Renewal,
  place: Place,
  own: OwnDevice,
  deviceOf: (id: string) => Device | undefined,
): Promise<Handed> {
  const value = jsonOf(await unseal(base.message, renewal.body, boundOf('old', renewal.base, renewal.keyId, place)));
  const by = field(value, 'by');
  const once = field(value, 'once');
  const from = typeof by === 'string' ? deviceOf(by) : undefined;
  if (typeof once !== 'string' || from?.userId !== place.senderId) return { genuine: false, secret: null };
  const wrapped = field(field(value, 'wraps'), own.id);
  if (typeof wrapped !== 'string') return { genuine: true, secret: null };
  const about = { roomId: place.roomId, base: renewal.base, next: renewal.keyId, from: from.id, to: own.id, once };
  return { genuine: true, secret: await unwrapSecret(wrapped, own, from, about) };
}

export interface Backward {
  readonly secret: Bytes;
  readonly devices: readonly Device[];
}

/** What a renewal gives to somebody who holds the new key: the one before, and the devices that were handed the new one. */
export async function readBackward(next: RoomKey, renewal: Renewal, place: Place): Promise<Backward | null> {
  const value = jsonOf(await unseal(next.message, renewal.back, boundOf('new', renewal.base, renewal.keyId, place)));
  const text = field(value, 'secret');
  const secret = typeof text === 'string' ? fromBase64Url(text) : null;
  if (!secret) return null;
  const listed: unknown = field(value, 'devices');
  const pairs = (Array.isArray(listed) ? listed : []).filter((item: unknown) => Array.isArray(item) && typeof item[0] === 'string');
  const devices = await Promise.all(pairs.map(([userId, point]: [string, unknown]) => checkedDevice(userId, point)));
  return { secret, devices: devices.filter((device) => device !== null) };
}
