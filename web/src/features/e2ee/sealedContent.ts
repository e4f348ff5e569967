import type { Client } from '@/app/client';
import { ApiError, errorOfResponse } from '@/shared/api/errors';
import type { FileBrief } from '@/shared/api/types';
import { showToast } from '@/features/notices/actions';
import { opening, SealError } from './sealedFile';

/** The content of a sealed file, opened as it comes. Rejects with SealError or ApiError. */
export async function openSealed(
  client: Client,
  file: FileBrief,
  version?: number,
  signal?: AbortSignal,
  onBytes: (opened: number) => void = () => undefined,
): Promise<Blob> {
  const roomId = file.sealedIn ?? '';
  const { url } = await client.api.fileUrl(file.id, { version, attachment: true });
  const response = await fetch(url, { signal });
  if (!response.ok) throw await errorOfResponse(response);
  if (!response.body) throw new ApiError('bad-answer', 'the answer has no body');
  let opened = 0;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform: (piece, controller) => {
      opened += piece.byteLength;
      onBytes(opened);
      controller.enqueue(piece);
    },
  });
  const plain = response.body.pipeThrough(opening(roomId, (id) => client.e2ee.keeper.ring(roomId)?.key(id))).pipeThrough(counting);
  const blob = await new Response(plain).blob();
  // Pictures alone keep their kind: nothing that a page could run is ever opened as such.
  return blob.slice(0, blob.size, file.mime?.startsWith('image/') ? file.mime : 'application/octet-stream');
}

/** Decrypts a file here and hands it to the browser to save. */
export async function saveSealed(client: Client, file: FileBrief, version?: number): Promise<void> {
  showToast(client, { id: `open-${file.id}`, text: { key: 'e2ee.opening', parameters: { name: file.name } } });
  try {
    const url = URL.createObjectURL(await openSealed(client, file, version));
    const link = document.createElement('a');
    link.href = url;
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    const key = error.reason === 'noKey' ? 'e2ee.fileLocked' : 'e2ee.fileBroken';
    showToast(client, { id: `open-${file.id}`, tone: 'error', text: { key } });
  }
}
