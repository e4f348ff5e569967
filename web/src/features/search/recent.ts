import { useState } from 'react';
import { useClient } from '@/app/client';
import { localStore } from '@/shared/lib/storage';
import { useStore } from '@/shared/state/store';

const MOST = 6;

const parse = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) ? value.filter((query) => typeof query === 'string') : undefined;

const keyOf = (userId: string): string => `parley.searches.${userId}`;

/** Who signs out leaves nothing to the next one at this device. */
export const forgetSearches = (userId: string): void => localStore.remove(keyOf(userId));

/** What somebody searched for on this device, newest first. */
export function useRecentSearches() {
  const me = useStore(useClient().session, (state) => state.user?.id ?? '');
  const key = keyOf(me);
  const [recent, setRecent] = useState(() => localStore.read(key, parse, []));
  const write = (next: readonly string[]) => {
    setRecent(next);
    localStore.write(key, next);
  };
  const remember = (query: string) => {
    const wanted = query.trim();
    if (wanted !== '') write([wanted, ...recent.filter((old) => old !== wanted)].slice(0, MOST));
  };
  return { recent, remember, forget: () => write([]) };
}
