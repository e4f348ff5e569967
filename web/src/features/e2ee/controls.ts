import type { Message } from '@/shared/api/types';
import { checkedDevice, type Device, type OwnDevice } from './devices';
import { readEnvelope, type Envelope } from './envelope';
import { readBackward, takeRenewal } from './renewal';
import type { Ring } from './ring';
import { openJson, type Place } from './sealedText';

/** A message that is about keys, not from person to person. */
export interface Control {
  readonly seq: number;
  readonly place: Place;
  readonly envelope: Envelope;
}

export const placeOf = ({ roomId, senderId, clientId }: Pick<Message, 'roomId' | 'senderId' | 'clientId'>): Place => ({
  roomId,
  senderId: senderId ?? '',
  clientId: clientId ?? '',
});

export function controlOf(message: Message): Control | null {
  const envelope = readEnvelope(message.cipher ?? message.content);
  return envelope?.marker === 'd' || envelope?.marker === 'r' ? { seq: message.seq, place: placeOf(message), envelope } : null;
}

async function takeDevice(ring: Ring, { place, envelope }: Control): Promise<boolean> {
  // Who holds only an older key is nobody to hand the next one to.
  const key = envelope.keyId === ring.current ? ring.newest : undefined;
  if (!key) return false;
  const value = await openJson(key, envelope, place);
  const point: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'point') : null;
  const device = await checkedDevice(place.senderId, point);
  if (!device || ring.devices.has(device.id)) return false;
  ring.devices.set(device.id, device);
  return true;
}

/** Whoever is not among those that the newest key was handed to holds it no more. */
function listDevices(ring: Ring, keyId: string, devices: readonly Device[]): void {
  if (ring.current !== keyId) return;
  if (ring.listed !== keyId) ring.devices.clear();
  ring.listed = keyId;
  for (const device of devices) ring.devices.set(device.id, device);
}

async function takeKey(ring: Ring, own: OwnDevice, { place, envelope }: Control): Promise<boolean> {
  if (envelope.marker !== 'r') return false;
  const { base, keyId: next } = envelope;
  const old = ring.key(base);
  if (!ring.key(next) && old) {
    const handed = await takeRenewal(old, envelope, place, own, (id) => ring.devices.get(id));
    if (!handed.genuine || !ring.renew(base, next)) return false;
    ring.current = ring.lastFrom(ring.current ?? next);
    if (handed.secret) {
      const added = await ring.add(handed.secret);
      if (added.id !== next) ring.drop(added.id);
    }
  }
  const key = ring.key(next);
  // Known, but not handed to this device: nothing goes out under the old one any more.
  if (!key) return ring.nextOf(base) === next;
  const backward = await readBackward(key, envelope, place);
  if (!backward || !ring.renew(base, next)) return false;
  const added = await ring.add(backward.secret);
  if (added.id !== base) ring.drop(added.id);
  ring.current = ring.lastFrom(ring.current ?? next);
  listDevices(ring, next, backward.devices);
  return true;
}

/** Takes in what a message says about keys. True when something is new. */
export function takeControl(ring: Ring, own: OwnDevice, control: Control): Promise<boolean> {
  return control.envelope.marker === 'd' ? takeDevice(ring, control) : takeKey(ring, own, control);
}

/**
 * A stretch of history at once. From the new end back, each renewal of a key that is here gives the one before; then from
 * the old end on, each gives the next.
 */
export async function takeControls(ring: Ring, own: OwnDevice, controls: readonly Control[]): Promise<void> {
  const sorted = [...controls].sort((a, b) => a.seq - b.seq);
  for (const control of sorted.toReversed()) {
    if (control.envelope.marker === 'r' && ring.key(control.envelope.keyId)) await takeControl(ring, own, control);
  }
  for (const control of sorted) await takeControl(ring, own, control);
}
