import { useCallback, useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import type { File, Id } from '@/shared/api/types';
import { showError } from '@/features/notices/actions';

/** Files of one room, or of all rooms, page by page. Null until the first page is there. */
export function useFiles(roomId?: Id) {
  const client = useClient();
  const [files, setFiles] = useState<readonly File[] | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const load = useCallback(
    (from: string | null) => {
      const asked = roomId ? client.api.roomFiles(roomId, from) : client.api.files(from);
      asked.then(
        (page) => {
          setFiles((old) => (from ? [...(old ?? []), ...page.items] : page.items));
          setCursor(page.nextCursor ?? null);
        },
        (error: unknown) => {
          setFiles((old) => old ?? []);
          showError(client, error);
        },
      );
    },
    [client, roomId],
  );
  useEffect(() => load(null), [load]);
  return { files, more: cursor === null ? null : () => load(cursor) };
}
