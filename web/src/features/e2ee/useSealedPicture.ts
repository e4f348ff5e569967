import { useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import type { FileBrief } from '@/shared/api/types';
import { openSealed } from './sealedContent';

/** Larger ones are opened when somebody wants them. */
const MOST_BYTES = 16_000_000;

/** A picture that only the room can see, opened here; nothing for other files. */
export function useSealedPicture(file: FileBrief): { readonly url: string | null; readonly broken: boolean } {
  const client = useClient();
  const { id, sealedIn, mime, size } = file;
  const wanted = sealedIn !== undefined && mime.startsWith('image/') && size <= MOST_BYTES;
  const [state, setState] = useState<{ readonly id: string; readonly url: string | null } | null>(null);
  useEffect(() => {
    if (!wanted) return;
    const controller = new AbortController();
    let url: string | null = null;
    openSealed(client, { id, name: '', mime, size, sealedIn }, undefined, controller.signal).then(
      (blob) => {
        if (controller.signal.aborted) return;
        url = URL.createObjectURL(blob);
        setState({ id, url });
      },
      () => {
        if (!controller.signal.aborted) setState({ id, url: null });
      },
    );
    return () => {
      controller.abort();
      if (url) URL.revokeObjectURL(url);
    };
  }, [client, id, mime, size, sealedIn, wanted]);
  const here = wanted && state?.id === id ? state : null;
  return { url: here?.url ?? null, broken: !wanted || (here !== null && here.url === null) };
}
