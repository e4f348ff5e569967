import { myId, type Client } from '@/app/client';
import type { ServerEvents } from '@/shared/api/events';
import type { Id } from '@/shared/api/types';
import { flushOutbox, loadNewest } from '@/features/messages/actions';
import { flushDeletes } from '@/features/messages/deleting';
import { mentionsMe } from '@/features/messages/mentions';
import { inThread } from '@/features/messages/messagesReducer';
import { loadMembers, loadRooms, openRoom } from '@/features/rooms/actions';
import { missedBy } from '@/features/calls/history';
import { loadInbox } from '@/features/inbox/actions';
import { batchPresence } from '@/features/presence/batch';
import { announceAnswer, announceMessage, untell } from '@/features/notices/announce';
import { roomInView } from '@/features/rooms/inView';

const TYPING_MS = 6000;

/** Rooms that show on screen here, and are opened again when the line comes back. */
const shown = new WeakMap<Client, Set<Id>>();
export function shownRooms(client: Client): Set<Id> {
  const set = shown.get(client) ?? new Set<Id>();
  shown.set(client, set);
  return set;
}

function newMessage(client: Client, { thread, ...message }: ServerEvents['new-message']): void {
  const me = myId(client);
  const { rooms, messages, presence } = client;
  messages.dispatch({ type: 'arrived', message });
  if (thread) messages.dispatch({ type: 'thread', roomId: message.roomId, thread });
  if (message.senderId) presence.dispatch({ type: 'stopTyping', roomId: message.roomId, userId: message.senderId });
  if (message.senderId === me) return;
  const room = rooms.getState().byId[message.roomId];
  if (!room) {
    void loadRooms(client);
    return;
  }
  const named = mentionsMe(message, me);
  if (roomInView(client) !== message.roomId) {
    if (!inThread(message) || named) rooms.dispatch({ type: 'unreadMessage', roomId: message.roomId, mention: named });
  }
  announceMessage(client, message, named);
  if (named || inThread(message)) refreshInbox(client);
}

const INBOX_PAUSE_MS = 300;
const inboxTimers = new WeakMap<Client, ReturnType<typeof setTimeout>>();

/** Which threads I follow the server knows: an answer is news for me when the inbox then holds it. */
function refreshInbox(client: Client): void {
  clearTimeout(inboxTimers.get(client));
  const timer = setTimeout(() => {
    void loadInbox(client).then((news) => {
      for (const item of news) if (item.kind === 'thread') announceAnswer(client, item);
    });
  }, INBOX_PAUSE_MS);
  inboxTimers.set(client, timer);
}

function memberChanged(client: Client, data: ServerEvents['member-updated']): void {
  const { roomId, member, userId, action, room } = data;
  const removed = action === 'removed' || action === 'left';
  if (room && userId === myId(client)) {
    client.rooms.dispatch({ type: 'room', room: { ...room, role: member?.role ?? 'member' } });
    void loadRooms(client);
    return;
  }
  if (removed && userId === myId(client)) {
    client.rooms.dispatch({ type: 'gone', roomId });
    client.messages.dispatch({ type: 'forget', roomId });
  } else if (removed) {
    client.rooms.dispatch({ type: 'memberGone', roomId, userId });
  } else if (member) {
    client.rooms.dispatch({ type: 'member', roomId, member });
    if (member.userId === myId(client)) void loadRooms(client);
  } else if (client.rooms.getState().members[roomId]) {
    void loadMembers(client, roomId);
  } else {
    void loadRooms(client);
  }
}

function roomChanged(client: Client, data: ServerEvents['room-updated']): void {
  if (data.room && client.rooms.getState().byId[data.room.id]) {
    client.rooms.dispatch({ type: 'room', room: data.room });
  } else {
    void loadRooms(client);
  }
}

/** Old messages were taken away by the room's own rule. */
async function reloadShown(client: Client, roomId: Id): Promise<void> {
  client.messages.dispatch({ type: 'forget', roomId });
  if (shownRooms(client).has(roomId)) await loadNewest(client, { roomId });
}

/** The server ended this session, or the line of it: the refresh token knows which. */
async function endSession(client: Client): Promise<void> {
  const session = await client.rest.restore().catch(() => undefined);
  if (session === null) client.session.dispatch({ type: 'ended' });
}

function rings(client: Client, data: ServerEvents['incoming-call']): void {
  // Without a call somebody rings from page to page, which this page does not do.
  if (!('call' in data)) return;
  const { call, room, from } = data;
  if (!client.rooms.getState().byId[call.roomId]) void loadRooms(client);
  if (from.id === myId(client)) return;
  const fromName = from.name === '' ? room.name : from.name;
  client.calls.dispatch({ type: 'rings', ringing: { call, fromId: from.id, fromName, since: Date.now(), silent: false } });
}

const handlers: { readonly [Name in keyof ServerEvents]?: (client: Client, data: ServerEvents[Name]) => void } = {
  'new-message': newMessage,
  'messages-removed': (client, { roomId }) => void reloadShown(client, roomId),
  'session-ended': (client) => void endSession(client),
  'message-updated': ({ messages }, { message, seq }) => messages.dispatch({ type: 'updated', message, seq }),
  'message-deleted': ({ messages }, { roomId, messageId, seq, deletedAt, thread }) => {
    messages.dispatch({ type: 'deleted', roomId, messageId, seq, at: deletedAt ?? new Date().toISOString() });
    if (thread) messages.dispatch({ type: 'thread', roomId, thread });
  },
  'reaction-updated': ({ messages }, { roomId, messageId, reactions, seq }) =>
    messages.dispatch({ type: 'reactions', roomId, messageId, reactions, seq }),
  'read-updated': (client, { roomId, userId, lastReadSeq: seq }) => {
    if (userId === myId(client)) {
      client.rooms.dispatch({ type: 'read', roomId, seq });
      untell(client, roomId);
    } else client.rooms.dispatch({ type: 'reads', roomId, markers: [{ userId, seq }] });
  },
  'preferences-updated': ({ rooms }, { roomId, ...preferences }) => rooms.dispatch({ type: 'preferences', roomId, preferences }),
  'room-updated': roomChanged,
  'room-deleted': (client, { roomId }) => {
    client.rooms.dispatch({ type: 'gone', roomId });
    client.messages.dispatch({ type: 'forget', roomId });
  },
  'member-updated': memberChanged,
  'user-typing': (client, { roomId, userId, name }) => {
    if (userId === myId(client)) return;
    const known = client.rooms.getState().members[roomId]?.find((member) => member.userId === userId)?.name;
    const until = Date.now() + TYPING_MS;
    client.presence.dispatch({ type: 'typing', roomId, userId, name: name ?? known ?? '', until });
  },
  'user-stop-typing': ({ presence }, { roomId, userId }) => presence.dispatch({ type: 'stopTyping', roomId, userId }),
  'presence-updated': batchPresence,
  'incoming-call': rings,
  'call-updated': (client, { call }) => {
    // What I missed stands in the inbox, which only the server knows.
    if (client.calls.getState().ringing.some((item) => item.call.id === call.id) || missedBy(call, myId(client))) refreshInbox(client);
    client.calls.dispatch({ type: 'call', call, me: myId(client) });
    client.active.dispatch({ type: 'outcome', callId: call.id, outcome: call.status });
  },
};

const names = Object.keys(handlers) as (keyof ServerEvents)[];

/** One event, whether it comes now or was missed and is told later. */
export function takeEvent(client: Client, name: string, data: unknown): void {
  const handler = handlers[name as keyof ServerEvents] as ((client: Client, data: unknown) => void) | undefined;
  handler?.(client, data);
  const { roomId, seq } = data as { roomId?: unknown; seq?: unknown };
  if (typeof roomId === 'string' && typeof seq === 'number') client.messages.dispatch({ type: 'seen', roomId, seq });
}

async function comeBack(client: Client): Promise<void> {
  void flushOutbox(client);
  await Promise.all([...shownRooms(client)].map((roomId) => openRoom(client, roomId)));
  await loadRooms(client);
  void loadLive(client);
  void loadInbox(client);
}

/** Calls that go on now are among the newest of the history. */
export async function loadLive(client: Client): Promise<void> {
  try {
    const { items } = await client.api.calls();
    client.calls.dispatch({ type: 'live', calls: items });
  } catch {
    // Live calls then come with their next event.
  }
}

/** Connects the stores to the line. Returns what disconnects them. */
export function wire(client: Client): () => void {
  const { link, messages } = client;
  let wasOnline = false;
  const stops = names.map((name) => link.on(name, (data) => takeEvent(client, name, data)));
  stops.push(
    link.onState((state) => {
      if (state === 'offline' && wasOnline) messages.dispatch({ type: 'stale' });
      if (state === 'online') {
        void comeBack(client);
        wasOnline = true;
      }
    }),
  );
  const timer = setInterval(() => client.presence.dispatch({ type: 'tick', now: Date.now() }), 1000);
  stops.push(() => clearInterval(timer));
  // What waits to be undone is done when the page goes.
  const leaving = () => flushDeletes(client);
  window.addEventListener('pagehide', leaving);
  stops.push(() => window.removeEventListener('pagehide', leaving));
  link.open();
  return () => {
    for (const stop of stops) stop();
    link.close();
  };
}
