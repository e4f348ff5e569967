import { useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import { BASE } from '@/shared/api/rest';
import { read } from '@/shared/api/errors';

interface PreviewRef {
  readonly kind: 'image' | 'text';
  readonly size: number;
  readonly path: string;
}

/** The previews that a file names, smallest first. Their addresses are paths of this server or they are none. */
export function previewsOf(file: { readonly id: string }): readonly PreviewRef[] {
  const list: unknown = read(file, 'previews');
  if (!Array.isArray(list)) return [];
  return list
    .flatMap((item: unknown): PreviewRef[] => {
      const url: unknown = read(item, 'url');
      if (typeof url !== 'string' || !url.startsWith(`${BASE}/files/`)) return [];
      const size: unknown = read(item, 'size');
      return [{ kind: read(item, 'kind') === 'text' ? 'text' : 'image', size: typeof size === 'number' ? size : 0, path: url.slice(BASE.length) }];
    })
    .sort((a, b) => a.size - b.size);
}

/** The picture at an address that asks for a token: fetched, and given back when it leaves the page. */
export function usePicture(path: string | null): { readonly url: string | null; readonly broken: boolean } {
  const client = useClient();
  const [state, setState] = useState<{ path: string; url: string | null } | null>(null);
  useEffect(() => {
    if (!path) return;
    const controller = new AbortController();
    let url: string | null = null;
    client.rest.call<Blob>(path, { as: 'blob', signal: controller.signal }).then(
      (blob) => {
        url = URL.createObjectURL(blob);
        setState({ path, url });
      },
      () => {
        if (!controller.signal.aborted) setState({ path, url: null });
      },
    );
    return () => {
      controller.abort();
      if (url) URL.revokeObjectURL(url);
    };
  }, [client, path]);
  const here = state?.path === path ? state : null;
  return { url: here?.url ?? null, broken: here !== null && here.url === null };
}

/** The smallest preview that is sharp at a width. */
export function previewFor(file: { readonly id: string }, width: number): PreviewRef | null {
  const images = previewsOf(file).filter(({ kind }) => kind === 'image');
  const wanted = width * Math.min(2, window.devicePixelRatio || 1);
  return images.find(({ size }) => size >= wanted) ?? images.at(-1) ?? null;
}
