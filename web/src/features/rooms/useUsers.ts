import { useEffect, useState } from 'react';
import { useClient, type Client } from '@/app/client';
import type { User } from '@/shared/api/types';

const PAUSE_MS = 150;

/** The server finds people by the beginning of their handle: that is a name in small letters with dots in it. */
const handleOf = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, '.');

const matches = (user: User, text: string): boolean => {
  const wanted = text.trim().toLocaleLowerCase();
  const words = [user.name, user.handle, ...user.name.split(/\s+/)];
  return words.some((word) => word.toLocaleLowerCase().startsWith(wanted));
};

/** Those whose handle begins so, and those of the first page whose name has a word that does. */
async function findUsers(client: Client, text: string, signal: AbortSignal): Promise<readonly User[]> {
  const asked = text.trim() === '' ? [''] : [handleOf(text), ''];
  const pages = await Promise.all(asked.map((q) => client.api.users(q, signal)));
  const all = pages.flatMap(({ items }, index) => (asked[index] === '' ? items.filter((user) => matches(user, text)) : items));
  return [...new Map(all.map((user) => [user.id, user])).values()];
}

/** People of this server by a part of their name; asked for when the typing pauses. */
export function useUsers(query: string, off = false): { readonly users: readonly User[]; readonly busy: boolean } {
  const client = useClient();
  const [found, setFound] = useState<{ query: string; users: readonly User[] }>({ query: '\n', users: [] });
  useEffect(() => {
    if (off) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      findUsers(client, query, controller.signal).then(
        (users) => setFound({ query, users: users.filter(({ id }) => id !== client.session.getState().user?.id) }),
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
