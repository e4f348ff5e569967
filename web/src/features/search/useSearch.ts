import { useEffect, useState } from 'react';
import { useOnline } from '@/app/OfflineBanner';
import { useClient } from '@/app/client';
import type { Id, SearchHit } from '@/shared/api/types';
import type { Phrase } from '@/shared/i18n';
import { errorPhrase } from '@/features/notices/actions';
import { toApiError } from '@/shared/api/errors';

const PAUSE_MS = 250;

interface Found {
  readonly query: string;
  readonly hits: readonly SearchHit[];
  readonly nextCursor: string | null;
  readonly failure: Phrase | null;
}

const nothing: Found = { query: '', hits: [], nextCursor: null, failure: null };

/** Results for a query, as it is typed; what was found stays until the next is there. */
export function useSearch(query: string, roomId?: Id) {
  const client = useClient();
  const [found, setFound] = useState<Found>(nothing);
  const q = query.trim();
  // What failed without a line is asked again when it is back.
  const online = useOnline();
  useEffect(() => {
    if (q === '') return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      client.api.search({ q, roomId }, controller.signal).then(
        ({ items, nextCursor }) => setFound({ query: q, hits: items, nextCursor: nextCursor ?? null, failure: null }),
        (error: unknown) => {
          if (toApiError(error).code !== 'cancelled') setFound((old) => ({ ...old, query: q, failure: errorPhrase(error) }));
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, q, roomId, online]);
  const more = async () => {
    if (!found.nextCursor) return;
    try {
      const page = await client.api.search({ q: found.query, roomId, cursor: found.nextCursor });
      setFound((old) => ({ ...old, hits: [...old.hits, ...page.items], nextCursor: page.nextCursor ?? null }));
    } catch (error) {
      setFound((old) => ({ ...old, failure: errorPhrase(error) }));
    }
  };
  const shown = q === '' ? nothing : found;
  const busy = q !== '' && found.query !== q;
  // There is a query, it was answered, and nothing fits.
  const none = q !== '' && !busy && shown.hits.length === 0 && !shown.failure;
  return { ...shown, busy, none, more };
}
