import type { Client } from '@/app/client';
import type { Id, Message } from '@/shared/api/types';
import { toApiError } from '@/shared/api/errors';
import { showError, showToast } from '@/features/notices/actions';

/** So long can a deletion be taken back; only then is the server told. */
export const UNDO_MS = 8000;

interface Waiting {
  readonly message: Message;
  readonly timer: ReturnType<typeof setTimeout>;
}

const waiting = new WeakMap<Client, Map<Id, Waiting>>();

function waitingOf(client: Client): Map<Id, Waiting> {
  const map = waiting.get(client) ?? new Map<Id, Waiting>();
  waiting.set(client, map);
  return map;
}

const toastOf = (messageId: Id): string => `deleted-${messageId}`;

async function commit(client: Client, message: Message): Promise<void> {
  waitingOf(client).delete(message.id);
  try {
    await client.link.ask('delete-message', { messageId: message.id });
  } catch (error) {
    // Gone already is what was wanted.
    if (toApiError(error).code === 'not-found') return;
    client.messages.dispatch({ type: 'updated', message });
    showError(client, error);
  }
}

function undo(client: Client, messageId: Id): void {
  const held = waitingOf(client).get(messageId);
  if (!held) return;
  clearTimeout(held.timer);
  waitingOf(client).delete(messageId);
  client.messages.dispatch({ type: 'updated', message: held.message });
}

/** The message goes at once from this page, from the server when nobody took it back. */
export function deleteMessage(client: Client, message: Message): void {
  const { id, roomId } = message;
  if (waitingOf(client).has(id)) return;
  client.messages.dispatch({ type: 'deleted', roomId, messageId: id, at: new Date().toISOString() });
  const timer = setTimeout(() => void commit(client, message), UNDO_MS);
  waitingOf(client).set(id, { message, timer });
  showToast(client, {
    id: toastOf(id),
    text: { key: 'message.deletedToast' },
    icon: 'deleted',
    ms: UNDO_MS,
    action: { label: { key: 'message.undo' }, run: () => undo(client, id) },
  });
}

/** The page goes: nobody can take anything back any more. */
export function flushDeletes(client: Client): void {
  for (const { message, timer } of [...waitingOf(client).values()]) {
    clearTimeout(timer);
    waitingOf(client).delete(message.id);
    client.link.tell('delete-message', { messageId: message.id });
  }
}
