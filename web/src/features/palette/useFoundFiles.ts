import { useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import type { Id } from '@/shared/api/types';

const PAUSE_MS = 200;

export interface FoundFile {
  readonly id: Id;
  readonly roomId: Id;
  readonly name: string;
}

/** The beginning of a word finds it: the server looks for whole words unless told so. */
const asQuery = (text: string): string => (/["*:]/.test(text) ? text : `${text}*`);

/** Files by the words of their names, asked for when the typing pauses. */
export function useFoundFiles(query: string): readonly FoundFile[] {
  const client = useClient();
  const [found, setFound] = useState<{ q: string; files: readonly FoundFile[] }>({ q: '', files: [] });
  const q = query.trim();
  useEffect(() => {
    if (q.length < 2) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      client.api.search({ q: asQuery(q) }, controller.signal).then(
        ({ items }) => {
          const files = items.flatMap(({ kind, fileId, roomId, snippet }) => (kind === 'file' && fileId && roomId ? [{ id: fileId, roomId, name: snippet }] : []));
          setFound({ q, files: [...new Map(files.map((file) => [file.id, file])).values()] });
        },
        () => undefined,
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, q]);
  return found.q === q ? found.files : [];
}
