import type { Client } from '@/app/client';
import type { FileBrief, Id } from '@/shared/api/types';
import { saveSealed } from '@/features/e2ee/sealedContent';
import { showError, showToast } from '@/features/notices/actions';
import { startUpload, type Running } from './upload';
import type { Upload } from './uploadsReducer';

/** The transfers behind the entries of the store, which holds only what can be shown. */
const running = new WeakMap<Client, Map<string, Running>>();

function runningOf(client: Client): Map<string, Running> {
  const map = running.get(client) ?? new Map<string, Running>();
  running.set(client, map);
  return map;
}

interface Where {
  readonly roomId: Id;
  readonly threadId?: Id;
  /** Shared with the room as they are, without a message. */
  readonly alone?: boolean;
}

function forget(client: Client, { id, preview }: Upload): void {
  runningOf(client).delete(id);
  if (preview) URL.revokeObjectURL(preview);
  client.uploads.dispatch({ type: 'remove', ids: [id] });
}

async function begin(client: Client, upload: Upload, file: globalThis.File, note?: string): Promise<void> {
  const { id, roomId, replaces } = upload;
  const change = (next: Partial<Upload>) => client.uploads.dispatch({ type: 'change', id, change: next });
  const { uploads } = client.config;
  const sealed = await client.e2ee.sealUpload(roomId, file);
  const total = sealed?.source.size ?? file.size;
  const transfer = await startUpload({
    file,
    sealed,
    endpoint: uploads.url || '/api/v1/uploads',
    chunkSize: uploads.chunkSize,
    roomId,
    fileId: replaces,
    note,
    onProgress: (sent) => {
      client.uploads.dispatch({ type: 'progress', id, sent: Math.min(sent, file.size), at: performance.now() });
      if (sent >= total) change({ state: 'checking' });
    },
    onWaiting: (diskFull) => change({ state: 'waiting', diskFull }),
    onFailed: (error) => change({ state: 'failed', error }),
    onDone: (fileId) => {
      runningOf(client).delete(id);
      change({ state: 'done', sent: file.size, file: { id: fileId, name: file.name, size: file.size, mime: file.type } });
      // What belongs to no message is done with here.
      if (replaces || upload.alone) forget(client, upload);
    },
  });
  // It may have been taken back while the library was on its way.
  if (client.uploads.getState().some((item) => item.id === id)) runningOf(client).set(id, transfer);
  else transfer.cancel();
}

function add(client: Client, where: Where, file: globalThis.File, replaces?: Id, note?: string): void {
  const limit = client.config.limits.fileSize;
  const upload: Upload = {
    id: crypto.randomUUID(),
    roomId: where.roomId,
    threadId: where.threadId,
    alone: where.alone,
    name: file.name,
    size: file.size,
    mime: file.type,
    sent: 0,
    state: 'sending',
    preview: file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined,
    replaces,
  };
  client.uploads.dispatch({ type: 'add', upload });
  if (limit > 0 && file.size > limit) {
    client.uploads.dispatch({ type: 'change', id: upload.id, change: { state: 'failed', error: { code: 'payload-too-large', detail: '' } } });
    return;
  }
  begin(client, upload, file, note).catch((error: unknown) => {
    const detail = error instanceof Error ? error.message : String(error);
    client.uploads.dispatch({ type: 'change', id: upload.id, change: { state: 'failed', error: { code: 'unknown', detail } } });
  });
}

/** Whether it goes with the next message of a room or thread. */
export const waitsFor = (upload: Upload, { roomId, threadId }: Where): boolean =>
  upload.roomId === roomId && upload.threadId === threadId && !upload.replaces && !upload.alone;

/** Files for the next message of a room or thread; they begin to travel at once. */
export function startUploads(client: Client, where: Where, files: readonly globalThis.File[]): void {
  const most = client.config.limits.filesPerMessage;
  const waiting = client.uploads.getState().filter((item) => waitsFor(item, where));
  const room = Math.max(0, most - waiting.length);
  if (files.length > room) showToast(client, { tone: 'error', text: { key: 'files.tooMany', parameters: { n: most } } });
  for (const file of files.slice(0, room)) add(client, where, file);
}

/** Shares files with a room as they are, without a message. */
export function shareFiles(client: Client, roomId: Id, files: readonly globalThis.File[]): void {
  for (const file of files) add(client, { roomId, alone: true }, file);
}

export const uploadVersion = (client: Client, roomId: Id, fileId: Id, file: globalThis.File, note: string): void =>
  add(client, { roomId }, file, fileId, note.trim());

export function pauseUpload(client: Client, id: string): void {
  runningOf(client).get(id)?.pause();
  client.uploads.dispatch({ type: 'change', id, change: { state: 'paused', speed: undefined, beat: undefined } });
}

export function resumeUpload(client: Client, id: string): void {
  runningOf(client).get(id)?.resume();
  client.uploads.dispatch({ type: 'change', id, change: { state: 'sending', error: undefined } });
}

export function cancelUpload(client: Client, upload: Upload): void {
  runningOf(client).get(upload.id)?.cancel();
  forget(client, upload);
}

/** Saves a file through an address that is good for a while, so that the browser itself can fetch it. */
export async function downloadFile(client: Client, file: FileBrief, version?: number): Promise<void> {
  try {
    if (file.sealedIn) {
      await saveSealed(client, file, version);
      return;
    }
    const { url } = await client.api.fileUrl(file.id, { version, attachment: true });
    const link = document.createElement('a');
    link.href = url;
    link.download = file.name;
    link.rel = 'noopener';
    link.click();
  } catch (error) {
    showError(client, error);
  }
}
