import { myId, type Client } from '@/app/client';
import { toApiError } from '@/shared/api/errors';
import type { Id, Message, Page } from '@/shared/api/types';
import { untell } from '@/features/notices/announce';
import { showError } from '@/features/notices/actions';
import { keepUnread } from './keptUnread';
import { inThread, reactionKey, timelineOf, type Outgoing, type Where } from './messagesReducer';
import { keepOutbox } from './outbox';
import { toggled } from './timeline';

const PAGE = 50;

/** Of a room, what stands in the room itself; of a thread, its answers. */
const ofPlace = (where: Where, items: readonly Message[]): readonly Message[] =>
  where.threadId ? items : items.filter((message) => !inThread(message));

const ask = (client: Client, where: Where, cursor: object): Promise<Page<Message>> =>
  where.threadId
    ? client.api.thread(where.roomId, where.threadId, { limit: PAGE, ...cursor })
    : client.api.messages(where.roomId, { limit: PAGE, ...cursor });

/** The newest page of a room or a thread. */
export async function loadNewest(client: Client, where: Where): Promise<void> {
  const { messages } = client;
  messages.dispatch({ type: 'loading', what: 'first', ...where });
  try {
    const page = await ask(client, where, {});
    messages.dispatch({
      type: 'page',
      what: 'first',
      ...where,
      items: ofPlace(where, page.items),
      hasOlder: page.items.length >= PAGE || Boolean(page.nextCursor),
      lastSeq: page.items.at(-1)?.seq,
    });
  } catch {
    messages.dispatch({ type: 'failed', what: 'first', ...where });
  }
}

export async function loadMore(client: Client, where: Where, what: 'older' | 'newer'): Promise<void> {
  const { messages } = client;
  const timeline = timelineOf(messages.getState(), where);
  const edge = what === 'older' ? timeline.items[0] : timeline.items.at(-1);
  if (!edge || timeline.paging || timeline.status !== 'ready') return;
  messages.dispatch({ type: 'loading', what, ...where });
  try {
    const page = await ask(client, where, what === 'older' ? { before: edge.seq } : { after: edge.seq });
    const more = page.items.length >= PAGE;
    messages.dispatch({ type: 'page', what, ...where, items: ofPlace(where, page.items), hasOlder: more, hasNewer: more });
  } catch {
    messages.dispatch({ type: 'failed', what, ...where });
  }
}

/** What a link to a message led to: the message in the room, the thread that it stands in, or nothing. */
export type Found = 'here' | 'gone' | { readonly threadId: Id };

/** The stretch of history around one message, for a link to it. */
export async function loadAround(client: Client, roomId: Id, messageId: Id): Promise<Found> {
  const { messages, api } = client;
  const where = { roomId };
  if (timelineOf(messages.getState(), where).items.some(({ id }) => id === messageId)) return 'here';
  try {
    const target = await api.message(roomId, messageId);
    if (inThread(target) && target.threadId) return { threadId: target.threadId };
    messages.dispatch({ type: 'loading', what: 'first', ...where });
    const page = await api.messages(roomId, { around: target.seq, limit: PAGE });
    messages.dispatch({
      type: 'page',
      what: 'first',
      ...where,
      items: ofPlace(where, page.items),
      hasOlder: page.items.filter(({ seq }) => seq < target.seq).length >= PAGE / 2 - 1,
      hasNewer: page.items.filter(({ seq }) => seq > target.seq).length >= PAGE / 2 - 1,
    });
    return 'here';
  } catch {
    if (timelineOf(messages.getState(), where).status !== 'ready') await loadNewest(client, where);
    return 'gone';
  }
}

const newClientId = (): string => crypto.randomUUID();

/** Too fast for the server: what waits goes out by itself when it may. */
function waitFor(client: Client, seconds: number): void {
  const ms = Math.ceil(seconds) * 1000;
  client.messages.dispatch({ type: 'slowed', until: Date.now() + ms });
  setTimeout(() => void flushOutbox(client), ms);
}

async function transmit(client: Client, item: Outgoing): Promise<boolean> {
  const { messages, link } = client;
  const { roomId, content, clientId, replyTo, threadId, fileIds } = item;
  messages.dispatch({ type: 'posting', clientId, state: 'sending' });
  try {
    const { message } = await link.ask('send-message', { roomId, content, clientId, replyTo, threadId, fileIds });
    messages.dispatch({ type: 'arrived', message: { ...message, clientId } });
    return true;
  } catch (error) {
    const { offline, message, code, details } = toApiError(error);
    if (code === 'rate-limited') {
      waitFor(client, details.retryAfter ?? 1);
      messages.dispatch({ type: 'posting', clientId, state: 'queued' });
      return false;
    }
    messages.dispatch(
      offline ? { type: 'posting', clientId, state: 'queued' } : { type: 'posting', clientId, state: 'failed', error: message },
    );
    return !offline;
  } finally {
    keepOutbox(client);
  }
}

/** One flush at a time and one message after the other, so that they arrive in the order of writing. */
const flushing = new WeakSet<Client>();
export async function flushOutbox(client: Client): Promise<void> {
  if (flushing.has(client)) return;
  flushing.add(client);
  try {
    for (;;) {
      const next = client.messages.getState().outbox.find(({ state }) => state === 'queued');
      if (!next || !(await transmit(client, next))) return;
    }
  } finally {
    flushing.delete(client);
  }
}

export interface Draft {
  readonly content: string;
  readonly replyTo?: Id;
  readonly threadId?: Id;
  readonly fileIds?: readonly Id[];
}

/** Shows the message at once and sends it as soon as the line allows. */
export function sendMessage(client: Client, roomId: Id, draft: Draft): void {
  const outgoing: Outgoing = {
    ...draft,
    clientId: newClientId(),
    roomId,
    createdAt: new Date().toISOString(),
    state: 'queued',
  };
  client.messages.dispatch({ type: 'post', outgoing });
  keepOutbox(client);
  void flushOutbox(client);
}

export function retryMessage(client: Client, clientId: string): void {
  client.messages.dispatch({ type: 'posting', clientId, state: 'queued' });
  void flushOutbox(client);
}

export function discardMessage(client: Client, clientId: string): void {
  client.messages.dispatch({ type: 'unpost', clientId });
  keepOutbox(client);
}

/** True when the new text is kept by the server; otherwise the reason was shown and the writer keeps the text. */
export async function editMessage(client: Client, message: Message, content: string): Promise<boolean> {
  try {
    const answer = await client.link.ask('edit-message', { messageId: message.id, content });
    client.messages.dispatch({ type: 'updated', message: answer.message });
    return true;
  } catch (error) {
    showError(client, error);
    return false;
  }
}

export async function toggleReaction(client: Client, message: Message, emoji: string): Promise<void> {
  const me = myId(client);
  const before = message.reactions ?? [];
  const mine = before.some((reaction) => reaction.emoji === emoji && reaction.userIds.includes(me));
  const { id: messageId, roomId } = message;
  const key = reactionKey(messageId, emoji);
  client.messages.dispatch({ type: 'reactions', roomId, messageId, reactions: toggled(before, emoji, me) });
  client.messages.dispatch({ type: 'reacting', key, on: true });
  try {
    await client.link.ask(mine ? 'remove-reaction' : 'add-reaction', { messageId, emoji });
  } catch (error) {
    client.messages.dispatch({ type: 'reactions', roomId, messageId, reactions: before });
    showError(client, error);
  } finally {
    client.messages.dispatch({ type: 'reacting', key, on: false });
  }
}

export async function pinMessage(client: Client, message: Message): Promise<void> {
  const pinned = !message.pinned;
  client.messages.dispatch({ type: 'updated', message: { ...message, pinned } });
  try {
    await client.link.ask('pin-message', { messageId: message.id, pinned });
  } catch (error) {
    client.messages.dispatch({ type: 'updated', message });
    showError(client, error);
  }
}

/** The author's own wish: what the message shows of its link goes for everybody, and does not come back. */
export async function removePreview(client: Client, message: Message): Promise<void> {
  client.messages.dispatch({ type: 'updated', message: { ...message, preview: null } });
  try {
    await client.api.removePreview(message.roomId, message.id);
  } catch (error) {
    client.messages.dispatch({ type: 'updated', message });
    showError(client, error);
  }
}

/** Everything up to here was seen: told once for each number, and at once in the side bar. */
export function markRead(client: Client, roomId: Id, seq: number): void {
  const { unread } = client.rooms.getState();
  const known = unread[roomId];
  if (known?.messages === 0 && (known.lastReadSeq ?? 0) >= seq) return;
  client.rooms.dispatch({ type: 'read', roomId, seq });
  keepUnread(roomId, null);
  untell(client, roomId);
  client.link.ask('mark-read', { roomId, seq }).catch(() => undefined);
}
