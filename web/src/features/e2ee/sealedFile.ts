import { join, randomBytes, toBase64Url, utf8, type Bytes } from './codec';
import { readEnvelope, writeEnvelope } from './envelope';
import { aesKey, boundTo, jsonOf, padded, seal, unseal, type RoomKey } from './keys';

/**
 * A file that only the room can read. It is sealed piece by piece, so that neither end holds the whole:
 *
 *    0        8        16                48
 *   +--------+--------+-----------------+---------------+----+---------------+----+--
 *   |PRLYE2E1| key id | salt (32 bytes) | 262,144 bytes |tag | 262,144 bytes |tag | …
 *   +--------+--------+-----------------+---------------+----+---------------+----+--
 *
 * Each file has a key of its own (HKDF of the room's with the salt). The nonce of a piece is its number and whether it is
 * the last; the head is bound to each. So pieces cannot be swapped, left out, or taken over from another file or room.
 */
export const PIECE = 262_144;
const TAG = 16;
const HEAD = 48;
const MAGIC = utf8('PRLYE2E1');
const KEY_ID_BYTES = 8;

const piecesOf = (size: number): number => Math.max(1, Math.ceil(size / PIECE));

export const sealedSize = (size: number): number => HEAD + size + TAG * piecesOf(size);

/** Of what the server holds; 0 for what cannot be a sealed file. */
export function plainSize(sealed: number): number {
  const body = sealed - HEAD;
  return Math.max(0, body - TAG * Math.max(1, Math.ceil(body / (PIECE + TAG))));
}

function nonceOf(index: number, last: boolean): Bytes {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setUint32(0, index);
  nonce[4] = last ? 1 : 0;
  return nonce;
}

interface FileKey {
  readonly key: CryptoKey;
  readonly head: Bytes;
}

async function fileKey(room: RoomKey, roomId: string, head: Bytes): Promise<FileKey> {
  const salt = head.slice(MAGIC.length + KEY_ID_BYTES, HEAD);
  return { head, key: await aesKey(room.files, { name: 'HKDF', hash: 'SHA-256', salt, info: boundTo('file', roomId) }) };
}

const idBytes = (id: string): Bytes => Uint8Array.from(atob(id.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));

/** Any stretch of a sealed file, made when it is asked for; the same stretch is the same bytes each time. */
export interface SealedSource {
  readonly size: number;
  readonly slice: (start: number, end: number) => Promise<Blob>;
}

export async function sealFile(room: RoomKey, roomId: string, file: Blob): Promise<SealedSource> {
  const { key, head } = await fileKey(room, roomId, join(MAGIC, idBytes(room.id), randomBytes(32)));
  const size = sealedSize(file.size);
  const last = piecesOf(file.size) - 1;
  const pieceAt = async (index: number): Promise<Blob> => {
    const plain = await file.slice(index * PIECE, (index + 1) * PIECE).arrayBuffer();
    return new Blob([await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonceOf(index, index === last), additionalData: head }, key, plain)]);
  };
  return {
    size,
    slice: async (start, wanted) => {
      const end = Math.min(wanted, size);
      const parts: Blob[] = start < HEAD ? [new Blob([head.slice(start, end)])] : [];
      const first = Math.max(0, Math.floor((start - HEAD) / (PIECE + TAG)));
      for (let index = first; index <= last; index += 1) {
        const from = HEAD + index * (PIECE + TAG);
        if (from >= end) break;
        parts.push((await pieceAt(index)).slice(Math.max(0, start - from), end - from));
      }
      return new Blob(parts);
    },
  };
}

export class SealError extends Error {
  constructor(readonly reason: 'noKey' | 'broken') {
    super(reason);
    this.name = 'SealError';
  }
}

/** Opens what comes, piece by piece. Ends with SealError when the key is not here, or something was changed or cut off. */
export function opening(roomId: string, keyFor: (id: string) => RoomKey | undefined): TransformStream<Uint8Array, Bytes> {
  let waiting: Bytes = new Uint8Array();
  let file: FileKey | null = null;
  let index = 0;
  async function begin(): Promise<void> {
    const head = waiting.slice(0, HEAD);
    if (toBase64Url(head.slice(0, MAGIC.length)) !== toBase64Url(MAGIC)) throw new SealError('broken');
    const room = keyFor(toBase64Url(head.slice(MAGIC.length, MAGIC.length + KEY_ID_BYTES)));
    if (!room) throw new SealError('noKey');
    file = await fileKey(room, roomId, head);
    waiting = waiting.slice(HEAD);
  }
  async function open(piece: Bytes, last: boolean): Promise<Bytes> {
    if (!file) throw new SealError('broken');
    try {
      const how = { name: 'AES-GCM', iv: nonceOf(index, last), additionalData: file.head };
      index += 1;
      return new Uint8Array(await crypto.subtle.decrypt(how, file.key, piece));
    } catch {
      throw new SealError('broken');
    }
  }
  return new TransformStream({
    async transform(chunk, controller) {
      waiting = join(waiting, chunk);
      if (!file && waiting.length >= HEAD) await begin();
      // The last piece may be a whole one: what is surely not the last has something behind it.
      while (file && waiting.length > PIECE + TAG) {
        const piece = waiting.slice(0, PIECE + TAG);
        waiting = waiting.slice(PIECE + TAG);
        controller.enqueue(await open(piece, false));
      }
    },
    async flush(controller) {
      controller.enqueue(await open(waiting, true));
    },
  });
}

export interface FileFacts {
  readonly name: string;
  readonly mime: string;
}

/** What a name may have of the 255 bytes that the server keeps; every sealed name is as long as the longest. */
const FACTS_BYTES = 142;

/** A name too long loses from its middle and keeps its ending. */
function fitting(facts: FileFacts): FileFacts {
  let { name } = facts;
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && name.length - dot <= 12 ? name.slice(dot) : '';
  let stem = Array.from(name.slice(0, name.length - ending.length));
  const tooLong = () => utf8(JSON.stringify({ n: name, m: facts.mime })).length > FACTS_BYTES;
  while (tooLong() && stem.length > 0) {
    stem = stem.slice(0, -1);
    name = `${stem.join('')}…${ending}`;
  }
  return tooLong() ? { name: `…${ending}`, mime: '' } : { name, mime: facts.mime };
}

export async function sealFacts(room: RoomKey, roomId: string, facts: FileFacts): Promise<string> {
  const { name, mime } = fitting(facts);
  const body = await seal(room.message, padded({ n: name, m: mime }, FACTS_BYTES), boundTo('f', room.id, roomId));
  return writeEnvelope('f', room.id, body);
}

export async function openFacts(room: RoomKey, roomId: string, sealed: string): Promise<FileFacts | null> {
  const envelope = readEnvelope(sealed);
  if (envelope?.marker !== 'f') return null;
  const value = jsonOf(await unseal(room.message, envelope.body, boundTo('f', envelope.keyId, roomId)));
  if (typeof value !== 'object' || value === null) return null;
  const name: unknown = Reflect.get(value, 'n');
  const mime: unknown = Reflect.get(value, 'm');
  return typeof name === 'string' ? { name, mime: typeof mime === 'string' ? mime : '' } : null;
}
