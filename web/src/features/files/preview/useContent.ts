import { useEffect, useState } from 'react';
import { useClient, type Client } from '@/app/client';
import { errorOfResponse, toApiError } from '@/shared/api/errors';
import type { FileBrief } from '@/shared/api/types';
import { openSealed } from '@/features/e2ee/sealedContent';
import { previewKindOf } from '../kinds';
import type { PdfSource } from '../pdf/library';

/** How much of a text is shown. */
export const TEXT_BYTES = 262_144;
/** Larger ones of encrypted rooms are opened when somebody says so: they must come as a whole. */
export const SEALED_BYTES = 64_000_000;
const PREVIEW_SIZE = '1280';

/** What every browser of today draws itself; of other pictures the server makes one. */
const DRAWN = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'];

export type Content =
  | { readonly is: 'loading'; readonly percent?: number }
  | { readonly is: 'picture' | 'video' | 'audio'; readonly url: string }
  | { readonly is: 'pdf'; readonly source: PdfSource }
  | { readonly is: 'text'; readonly text: string; readonly cut: boolean }
  | { readonly is: 'none' | 'broken' | 'large' };

/** Text as it is read; what is no text at all is not shown as one. */
export function textOf(bytes: Uint8Array, cut: boolean): Content {
  // A cut may go through the middle of a letter: the last bytes are left out then.
  const whole = cut ? bytes.subarray(0, Math.max(0, bytes.length - 4)) : bytes;
  if (whole.includes(0)) return { is: 'none' };
  return { is: 'text', text: new TextDecoder().decode(whole), cut };
}

async function remoteText(url: string, signal: AbortSignal): Promise<Content> {
  const response = await fetch(url, { signal, headers: { Range: `bytes=0-${TEXT_BYTES - 1}` } });
  // An empty file has no first byte to ask for.
  if (response.status === 416) return { is: 'text', text: '', cut: false };
  if (!response.ok) throw await errorOfResponse(response);
  const total = Number(response.headers.get('Content-Range')?.split('/')[1] ?? 0);
  return textOf(new Uint8Array(await response.arrayBuffer()), total > TEXT_BYTES);
}

interface Asked {
  readonly client: Client;
  readonly file: FileBrief;
  readonly version?: number;
  readonly signal: AbortSignal;
  /** Gives an address back when the window closes. */
  readonly keep: (blob: Blob) => string;
  readonly tell: (content: Content) => void;
}

async function openContent({ client, file, version, signal, keep }: Asked): Promise<Content> {
  const kind = previewKindOf(file);
  const signed = async () => (await client.api.fileUrl(file.id, { version })).url;
  const made = async () => keep(await client.api.preview(file.id, PREVIEW_SIZE, version, signal));
  switch (kind) {
    case 'picture':
      return { is: 'picture', url: DRAWN.includes(file.mime ?? '') ? await signed() : await made() };
    case 'pdf':
      return { is: 'pdf', source: { url: await signed() } };
    case 'video':
    case 'audio':
      return { is: kind, url: await signed() };
    case 'text':
      return remoteText(await signed(), signal);
    case 'none':
      return { is: 'none' };
  }
}

/** Of an encrypted room: opened on this device, never shown as anything that could run. */
async function openSealedContent({ client, file, version, signal, keep, tell }: Asked): Promise<Content> {
  const kind = previewKindOf(file);
  if (kind === 'none') return { is: 'none' };
  const size = file.size ?? 0;
  const blob = await openSealed(client, file, version, signal, (bytes) => {
    if (size > 0) tell({ is: 'loading', percent: Math.min(100, Math.round((100 * bytes) / size)) });
  });
  if (kind === 'text') return textOf(new Uint8Array(await blob.slice(0, TEXT_BYTES).arrayBuffer()), blob.size > TEXT_BYTES);
  if (kind === 'pdf') return { is: 'pdf', source: { data: new Uint8Array(await blob.arrayBuffer()) } };
  return { is: kind, url: keep(blob.slice(0, blob.size, file.mime)) };
}

/** What a file, or a version of it, looks like. `anyway`: also what is large and opens on this device alone. */
export function useContent(file: FileBrief, version: number | undefined, anyway: boolean): Content {
  const client = useClient();
  const [state, setState] = useState<{ readonly of: string; readonly content: Content } | null>(null);
  const { id, name, mime, size, sealedIn } = file;
  const of = `${id} ${version ?? ''} ${anyway}`;
  const large = sealedIn !== undefined && (size ?? 0) > SEALED_BYTES && !anyway;
  useEffect(() => {
    if (large) return;
    const controller = new AbortController();
    const { signal } = controller;
    const urls: string[] = [];
    const tell = (content: Content) => {
      if (!signal.aborted) setState({ of, content });
    };
    const keep = (blob: Blob): string => {
      const url = URL.createObjectURL(blob);
      urls.push(url);
      return url;
    };
    const asked: Asked = { client, file: { id, name, mime, size, sealedIn }, version, signal, keep, tell };
    (sealedIn ? openSealedContent(asked) : openContent(asked)).then(tell, (error: unknown) => {
      tell({ is: toApiError(error).details.status === 404 && previewKindOf(asked.file) !== 'text' ? 'none' : 'broken' });
    });
    return () => {
      controller.abort();
      urls.forEach((url) => URL.revokeObjectURL(url));
    };
  }, [client, id, name, mime, size, sealedIn, version, of, large]);
  if (large) return { is: 'large' };
  return state?.of === of ? state.content : { is: 'loading' };
}
