import { read } from '@/shared/api/errors';
import type { FileBrief, FileVersion, Id, Member, Message } from '@/shared/api/types';
import { MENTION, trimmedHandle } from '@/features/messages/mentions';
import { placeOf } from './controls';
import { isEnvelope, readEnvelope } from './envelope';
import type { RoomKey } from './keys';
import { openFacts, plainSize } from './sealedFile';
import { openText } from './sealedText';

/** What opening needs to know; the keeper and the stores of the page behind it. */
export interface Openers {
  readonly key: (roomId: Id, keyId: string) => RoomKey | undefined;
  readonly encrypted: (roomId: Id) => boolean;
  /** Known to be without encryption: what looks sealed there was typed so. */
  readonly plain: (roomId: Id) => boolean;
  readonly members: (roomId: Id) => readonly Member[] | undefined;
  /** A key is missing that something here was sealed with. */
  readonly onMissing: (roomId: Id, keyId: string) => void;
}

/** Who is called in a text that the server cannot read. */
export function mentionsIn(text: string, members: readonly Member[] = []): readonly string[] {
  const called = new Set<string>();
  for (const match of text.matchAll(MENTION)) {
    const handle = trimmedHandle(match[2] ?? '').toLocaleLowerCase();
    if (handle === 'room' || handle === 'all') called.add('room');
    const member = members.find((item) => item.handle?.toLocaleLowerCase() === handle);
    if (member) called.add(member.userId);
  }
  return [...called];
}

const sealedFiles = new Set<Id>();
const SEALED_NAME = '•••';

/** A file as it was before it was sealed; with dots for a name where the key is not here. */
export async function openFile<F extends FileBrief>(openers: Openers, roomId: Id, file: F): Promise<F> {
  const envelope = readEnvelope(file.name);
  if (envelope?.marker !== 'f') return file;
  sealedFiles.add(file.id);
  const key = openers.key(roomId, envelope.keyId);
  if (!key) openers.onMissing(roomId, envelope.keyId);
  const facts = key ? await openFacts(key, roomId, file.name) : null;
  return {
    ...file,
    name: facts?.name ?? SEALED_NAME,
    mime: facts?.mime ?? '',
    ...(file.size === undefined ? {} : { size: plainSize(file.size) }),
    previews: [],
    sealedIn: roomId,
  };
}

async function openContent(openers: Openers, message: Message): Promise<Message> {
  const cipher = message.cipher ?? message.content;
  const envelope = readEnvelope(cipher);
  if (!envelope || envelope.marker === 'f') return { ...message, content: '', cipher, sealed: 'broken' };
  if (envelope.marker === 'd') return { ...message, content: '', cipher, sealed: 'device' };
  if (envelope.marker === 'r') return { ...message, content: '', cipher, sealed: 'renewed' };
  const key = openers.key(message.roomId, envelope.keyId);
  if (!key) {
    openers.onMissing(message.roomId, envelope.keyId);
    return { ...message, content: '', cipher, sealed: 'locked' };
  }
  const text = await openText(key, envelope, placeOf(message));
  if (text === null) return { ...message, content: '', cipher, sealed: 'broken' };
  return { ...message, content: text, mentions: [...mentionsIn(text, openers.members(message.roomId))], cipher, sealed: 'open' };
}

const isPlainIn = (openers: Openers, { roomId, type, content }: Message): boolean =>
  type !== 'system' && content !== '' && openers.encrypted(roomId);

/** A message as it was written, as far as the keys here open it. */
export async function openMessage(openers: Openers, message: Message): Promise<Message> {
  const sealed = isEnvelope(message.cipher ?? message.content) && !openers.plain(message.roomId);
  const opened = sealed ? await openContent(openers, message) : isPlainIn(openers, message) ? { ...message, sealed: 'plain' as const } : message;
  if (!opened.files?.some(({ name }) => isEnvelope(name))) return opened;
  return { ...opened, files: await Promise.all(opened.files.map((file) => openFile(openers, message.roomId, file))) };
}

const textAt = (from: unknown, key: string): string | undefined => {
  const value = read(from, key);
  return typeof value === 'string' ? value : undefined;
};
const isMessage = (data: object): data is Message =>
  textAt(data, 'content') !== undefined && textAt(data, 'roomId') !== undefined && typeof read(data, 'seq') === 'number';
const isSealedFile = (data: object): data is FileBrief => isEnvelope(textAt(data, 'name') ?? '');

/** Whether anything in an answer or an event is to be opened, or marked; most are not, and stay the object they are. */
export function needsOpening(openers: Pick<Openers, 'encrypted'>, data: unknown): boolean {
  if (Array.isArray(data)) return data.some((item) => needsOpening(openers, item));
  if (typeof data !== 'object' || data === null) return false;
  if (isMessage(data)) return isEnvelope(data.content) || openers.encrypted(data.roomId);
  return isSealedFile(data) || Object.values(data).some((value) => needsOpening(openers, value));
}

/** The same with every message and file opened, wherever it stands. */
export async function openAll<T>(openers: Openers, data: T, roomId = ''): Promise<T> {
  if (!needsOpening(openers, data)) return data;
  if (Array.isArray(data)) return (await Promise.all(data.map((item: unknown) => openAll(openers, item, roomId)))) as T;
  if (typeof data !== 'object' || data === null) return data;
  if (isMessage(data)) return openMessage(openers, data) as Promise<T>;
  const here = textAt(data, 'roomId') ?? roomId;
  if (isSealedFile(data)) return openFile(openers, here, data) as Promise<T>;
  const pairs = Object.entries(data).map(async ([key, value]) => [key, await openAll(openers, value as unknown, here)] as const);
  return Object.fromEntries(await Promise.all(pairs)) as T;
}

export const openVersion = (version: FileVersion, fileId: Id): FileVersion =>
  sealedFiles.has(fileId) ? { ...version, size: plainSize(version.size) } : version;
