import { myId, type Client } from '@/app/client';
import { allItems } from '@/shared/api/allItems';
import { toApiError } from '@/shared/api/errors';
import type { ClientEvents } from '@/shared/api/events';
import type { Id, Member, Room, User } from '@/shared/api/types';
import { loadNewest } from '@/features/messages/actions';
import { keptUnread } from '@/features/messages/keptUnread';
import { timelineOf } from '@/features/messages/messagesReducer';
import { flushPresence } from '@/features/presence/batch';
import { showToast } from '@/features/notices/actions';
import { takeEvent } from '@/features/session/wire';

export function takeMembers(client: Client, roomId: Id, members: readonly Member[]): void {
  client.rooms.dispatch({ type: 'members', roomId, members });
  const list = members.flatMap((member) => {
    const { userId, presence: status } = member;
    return status ? [{ userId, status, lastSeenAt: member.lastSeenAt ?? null }] : [];
  });
  flushPresence(client);
  client.presence.dispatch({ type: 'presence', list });
}

export async function loadMembers(client: Client, roomId: Id): Promise<void> {
  try {
    const members = await allItems((cursor) => client.api.members(roomId, cursor));
    takeMembers(client, roomId, members);
  } catch {
    // The list stays as it was; the panel offers to try again.
  }
}

export async function loadRooms(client: Client): Promise<void> {
  try {
    const items = await allItems(client.api.rooms);
    client.rooms.dispatch({ type: 'loaded', rooms: items, kept: keptUnread() });
    const { members } = client.rooms.getState();
    // A conversation of two is called by the other's name, which the members know.
    await Promise.all(items.filter(({ id, type }) => type === 'direct' && !members[id]).map(({ id }) => loadMembers(client, id)));
  } catch {
    client.rooms.dispatch({ type: 'failed' });
  }
}

function takeJoin(client: Client, roomId: Id, answer: ClientEvents['join-room']['answer']): boolean {
  client.rooms.dispatch({ type: 'room', room: answer.room });
  takeMembers(client, roomId, answer.members);
  const me = myId(client);
  client.rooms.dispatch({ type: 'reads', roomId, markers: answer.reads.filter(({ userId }) => userId !== me) });
  if (answer.reload) return false;
  for (const { event, data } of answer.missed ?? []) takeEvent(client, event, data);
  client.messages.dispatch({ type: 'seen', roomId, seq: answer.lastSeq });
  client.messages.dispatch({ type: 'fresh', roomId });
  return true;
}

export type OpenResult = 'open' | 'denied' | 'gone' | 'offline';

/** Tells the server that this room is on screen and fetches what was missed, or everything afresh. */
export async function openRoom(client: Client, roomId: Id): Promise<OpenResult> {
  const timeline = timelineOf(client.messages.getState(), { roomId });
  const loaded = timeline.status === 'ready';
  const history = loaded ? null : loadNewest(client, { roomId });
  try {
    const lastSeq = loaded && timeline.lastSeq > 0 ? timeline.lastSeq : undefined;
    const answer = await client.link.ask('join-room', { roomId, lastSeq });
    await history;
    if (!takeJoin(client, roomId, answer)) {
      if (loaded) showToast(client, { id: `afresh-${roomId}`, text: { key: 'room.afresh' } });
      await loadNewest(client, { roomId });
    }
    return 'open';
  } catch (error) {
    const { code, offline } = toApiError(error);
    if (offline) return 'offline';
    return code === 'permission-denied' ? 'denied' : 'gone';
  }
}

export function closeRoom(client: Client, roomId: Id): void {
  client.link.tell('leave-room', { roomId });
}

/** The conversation with somebody: the server answers the one there is, or makes it. */
export async function directRoom(client: Client, person: Pick<User, 'id'>): Promise<Room> {
  const known = Object.values(client.rooms.getState().byId).find(({ peerId }) => peerId === person.id);
  if (known) return known;
  const room = await client.api.createRoom({ type: 'direct', visibility: 'private', memberIds: [person.id] });
  client.rooms.dispatch({ type: 'room', room });
  await loadMembers(client, room.id);
  return room;
}

/** The other one of a conversation of two; nobody when there are more or they left. */
export function partnerOf(room: Room, members: readonly Member[] | undefined, me: Id): Member | undefined {
  if (room.type !== 'direct') return undefined;
  if (room.peerId) return members?.find(({ userId }) => userId === room.peerId);
  const others = members?.filter(({ userId }) => userId !== me) ?? [];
  return others.length === 1 ? others[0] : undefined;
}

/** What a room is called here: a conversation of two by the other's name. */
export function roomTitle(client: Client, room: Room): string {
  const partner = partnerOf(room, client.rooms.getState().members[room.id], myId(client));
  return partner?.name ?? room.name;
}
