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
}

async function begin(client: Client, upload: Upload, file: globalThis.File): Promise<void> {
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
    onProgress: (sent) => change({ sent: Math.min(sent, file.size), state: sent < total ? 'sending' : 'checking' }),
    onWaiting: () => change({ state: 'waiting' }),
    onFailed: (error) => change({ state: 'failed', error }),
    onDone: (fileId) => {
      runningOf(client).delete(id);
      change({ state: 'done', sent: file.size, file: { id: fileId, name: file.name, size: file.size, mime: file.type } });
      if (replaces) client.uploads.dispatch({ type: 'remove', ids: [id] });
    },
  });
  runningOf(client).set(id, transfer);
}

function add(client: Client, where: Where, file: globalThis.File, replaces?: Id): void {
  const limit = client.config.limits.fileSize;
  const upload: Upload = {
    id: crypto.randomUUID(),
    roomId: where.roomId,
    threadId: where.threadId,
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
    client.uploads.dispatch({ type: 'change', id: upload.id, change: { state: 'failed', error: 'too-large' } });
    return;
  }
  begin(client, upload, file).catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    client.uploads.dispatch({ type: 'change', id: upload.id, change: { state: 'failed', error: message } });
  });
}

/** Files for the next message of a room or thread; they begin to travel at once. */
export function startUploads(client: Client, where: Where, files: readonly globalThis.File[]): void {
  const most = client.config.limits.filesPerMessage;
  const waiting = client.uploads.getState().filter(({ roomId, threadId }) => roomId === where.roomId && threadId === where.threadId);
  const room = Math.max(0, most - waiting.length);
  if (files.length > room) showToast(client, { tone: 'error', text: { key: 'files.tooMany', parameters: { n: most } } });
  for (const file of files.slice(0, room)) add(client, where, file);
}

export const uploadVersion = (client: Client, roomId: Id, fileId: Id, file: globalThis.File): void =>
  add(client, { roomId }, file, fileId);

export function pauseUpload(client: Client, id: string): void {
  runningOf(client).get(id)?.pause();
  client.uploads.dispatch({ type: 'change', id, change: { state: 'paused' } });
}

export function resumeUpload(client: Client, id: string): void {
  runningOf(client).get(id)?.resume();
  client.uploads.dispatch({ type: 'change', id, change: { state: 'sending', error: undefined } });
}

export function cancelUpload(client: Client, upload: Upload): void {
  const { id, preview } = upload;
  runningOf(client).get(id)?.cancel();
  runningOf(client).delete(id);
  if (preview) URL.revokeObjectURL(preview);
  client.uploads.dispatch({ type: 'remove', ids: [id] });
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
