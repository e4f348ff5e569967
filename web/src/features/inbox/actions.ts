import type { Client } from '@/app/client';
import type { InboxItem } from '@/shared/api/types';
import { showError } from '@/features/notices/actions';

/** The first page of what waits for me. Answers what is new and unread in it. */
export async function loadInbox(client: Client): Promise<readonly InboxItem[]> {
  try {
    const before = new Set(client.inbox.getState().items.map(keyOf));
    const first = client.inbox.getState().status !== 'ready';
    const { items, nextCursor } = await client.api.inbox();
    client.inbox.dispatch({ type: 'loaded', items, nextCursor });
    return first ? [] : items.filter((item) => !item.read && !before.has(keyOf(item)));
  } catch {
    client.inbox.dispatch({ type: 'failed' });
    return [];
  }
}

export async function loadMoreInbox(client: Client): Promise<void> {
  const { nextCursor: cursor } = client.inbox.getState();
  if (!cursor) return;
  try {
    const { items, nextCursor } = await client.api.inbox(cursor);
    client.inbox.dispatch({ type: 'more', items, nextCursor });
  } catch (error) {
    showError(client, error);
  }
}

/** Everything in it was seen. */
export async function readInbox(client: Client): Promise<void> {
  client.inbox.dispatch({ type: 'read' });
  await client.api.readInbox().catch(() => undefined);
}

export const keyOf = (item: InboxItem): string => `${item.kind} ${item.message?.id ?? item.call?.id ?? item.at}`;
