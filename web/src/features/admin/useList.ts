import { useCallback, useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import type { Page } from '@/shared/api/types';
import { showError } from '@/features/notices/actions';

/** A list that comes page by page. `fetchPage` stays the same for as long as the same is listed. */
export function useList<Item>(fetchPage: (cursor: string | null) => Promise<Page<Item>>) {
  const client = useClient();
  const [items, setItems] = useState<readonly Item[] | null>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const load = useCallback(
    (from: string | null) => {
      fetchPage(from).then(
        (page) => {
          setItems((old) => (from ? [...(old ?? []), ...page.items] : page.items));
          setCursor(page.nextCursor ?? null);
        },
        (error: unknown) => showError(client, error),
      );
    },
    [client, fetchPage],
  );
  useEffect(() => load(null), [load]);
  return { items, more: cursor === null ? null : () => load(cursor), reload: () => load(null) };
}
