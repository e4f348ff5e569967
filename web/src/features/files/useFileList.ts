import { useCallback, useEffect, useReducer, useRef } from 'react';
import { useClient, type Client } from '@/app/client';
import type { File, Id, Page } from '@/shared/api/types';
import { showError } from '@/features/notices/actions';
import { fileListReducer, noFiles } from './fileListReducer';

/** A place that files come from. */
export interface Source {
  readonly key: string;
  readonly fetch: (cursor: string | null) => Promise<Page<File>>;
}

/** So many places are asked at a time. */
const AT_ONCE = 6;

export const roomSource = (client: Client, roomId: Id): Source => ({ key: roomId, fetch: (cursor) => client.api.roomFiles(roomId, cursor) });

export const mySources = (client: Client): readonly Source[] => [
  { key: 'mine', fetch: (cursor) => client.api.files(cursor) },
  { key: 'shared', fetch: (cursor) => client.api.files(cursor, true) },
];

/** Follows what becomes of files while the list is open. What differs from person to person is asked for anew. */
function useNews(roomId: Id | undefined, dispatch: (action: Parameters<typeof fileListReducer>[1]) => void) {
  const client = useClient();
  useEffect(() => {
    const renew = (file: { readonly id: Id }, where: Id) => {
      if (roomId && where !== roomId) return;
      client.api.file(file.id).then(
        (whole) => dispatch({ type: 'file', file: whole }),
        () => undefined,
      );
    };
    const stops = [
      client.link.on('file-created', ({ file, roomId: where }) => renew(file, where)),
      client.link.on('file-updated', ({ file, roomId: where }) => renew(file, where)),
      client.link.on('file-deleted', ({ fileId }) => dispatch({ type: 'gone', fileId })),
    ];
    return () => stops.forEach((stop) => stop());
  }, [client, roomId, dispatch]);
}

/** Files of one or more places, page by page, and kept current. `sources` stays the same for as long as they do. */
export function useFileList(sources: readonly Source[], roomId?: Id) {
  const client = useClient();
  const [state, dispatch] = useReducer(fileListReducer, noFiles);
  const asking = useRef(new Set<string>());
  const { cursors } = state;

  const ask = useCallback(
    async (source: Source, cursor: string | null) => {
      if (asking.current.has(source.key)) return;
      asking.current.add(source.key);
      try {
        const page = await source.fetch(cursor);
        dispatch({ type: 'page', source: source.key, files: page.items, cursor: page.nextCursor ?? null });
      } catch (error) {
        dispatch({ type: 'failed' });
        showError(client, error);
      } finally {
        asking.current.delete(source.key);
      }
    },
    [client],
  );
  useEffect(() => {
    for (const source of sources.slice(0, AT_ONCE)) void ask(source, null);
  }, [sources, ask]);
  useNews(roomId, dispatch);

  const waiting = sources.filter(({ key }) => cursors[key] !== null);
  const more = () => waiting.slice(0, AT_ONCE).forEach((source) => void ask(source, cursors[source.key] ?? null));
  const asked = Object.keys(cursors).length >= Math.min(sources.length, AT_ONCE);
  return { files: state.files, loaded: asked || state.failed, more: waiting.length > 0 && asked ? more : null, dispatch };
}
