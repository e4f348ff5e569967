import { useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import type { User } from '@/shared/api/types';

const PAUSE_MS = 150;

/** People of this server by a part of their name; asked for when the typing pauses. */
export function useUsers(query: string, off = false): { readonly users: readonly User[]; readonly busy: boolean } {
  const client = useClient();
  const [found, setFound] = useState<{ query: string; users: readonly User[] }>({ query: '\n', users: [] });
  useEffect(() => {
    if (off) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      client.api.users(query.trim(), controller.signal).then(
        ({ items }) => setFound({ query, users: items.filter(({ id }) => id !== client.session.getState().user?.id) }),
        () => undefined,
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [client, query, off]);
  return { users: found.users, busy: !off && found.query !== query };
}
