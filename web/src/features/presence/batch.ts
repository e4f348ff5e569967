import type { Client } from '@/app/client';
import type { Id, Presence } from '@/shared/api/types';

/** Side bars of many people are drawn once for all that changed meanwhile. */
export const PRESENCE_MS = 250;

type News = Presence & { readonly userId: Id };

const waiting = new WeakMap<Client, Map<Id, News>>();

/** Who came and went: the newest of each person, a few times a second at most. */
export function batchPresence(client: Client, news: News): void {
  const batch = waiting.get(client);
  if (batch) {
    batch.set(news.userId, news);
    return;
  }
  waiting.set(client, new Map([[news.userId, news]]));
  setTimeout(() => flushPresence(client), PRESENCE_MS);
}

/** What waits is told now: a list that comes after it is newer. */
export function flushPresence(client: Client): void {
  const batch = waiting.get(client);
  waiting.delete(client);
  if (batch) client.presence.dispatch({ type: 'presence', list: [...batch.values()] });
}
