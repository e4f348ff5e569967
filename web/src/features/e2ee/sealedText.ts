import { utf8 } from './codec';
import { writeEnvelope, type Envelope } from './envelope';
import { boundTo, jsonOf, padded, seal, unseal, type RoomKey } from './keys';

/** Who says it, where, and under which of their own numbers: sealed text opens there alone. */
export interface Place {
  readonly roomId: string;
  readonly senderId: string;
  readonly clientId: string;
}

export const boundOf = (marker: string, keyId: string, { roomId, senderId, clientId }: Place) =>
  boundTo(marker, keyId, roomId, senderId, clientId);

export async function sealJson(key: RoomKey, marker: 'm' | 'd', place: Place, value: unknown): Promise<string> {
  return writeEnvelope(marker, key.id, await seal(key.message, padded(value), boundOf(marker, key.id, place)));
}

export const openJson = async (key: RoomKey, envelope: Envelope, place: Place): Promise<unknown> =>
  jsonOf(await unseal(key.message, envelope.body, boundOf(envelope.marker, envelope.keyId, place)));

export const sealText = (key: RoomKey, place: Place, text: string): Promise<string> => sealJson(key, 'm', place, { t: text });

export async function openText(key: RoomKey, envelope: Envelope, place: Place): Promise<string | null> {
  const value = await openJson(key, envelope, place);
  const text: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 't') : null;
  return typeof text === 'string' ? text : null;
}

/** How many bytes of text a message of an encrypted room holds, by what the server takes. */
export function roomForText(contentLimit: number): number {
  const envelope = 64; // prefix, marker, key id
  const bytes = Math.floor(((contentLimit - envelope) * 3) / 4) - 28;
  return bytes - (bytes % 64) - '{"t":""}'.length;
}

/** Bytes of a text as they count for that. */
export const textBytes = (text: string): number => utf8(JSON.stringify(text)).length - 2;
