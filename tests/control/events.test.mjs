// Every event that the server can say is made to happen among people of a room, while a stranger listens and tries every
// event that a client can say. Frames are held against the contract, and its lists decide what "every" is.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';

import { Client, clientEvents, serverEvents } from './lib/events.mjs';
import { upload } from './lib/files.mjs';
import { register, startServer, waitFor } from './lib/server.mjs';

let server;
let ann; // owner
let ben; // member
let eve; // stranger
let room;
const said = new Set();
const faults = [];

/** A person with one connected device: what `register` gives, and `client`. */
async function arrive(name) {
  const person = await register(server, name);
  person.client = await connect(person);
  return person;
}

async function connect(person) {
  const client = await Client.open(server, person);
  client.socket.onAny((event) => said.add(event));
  return client;
}

const newRoom = (name, ...others) =>
  ann.api.post('/rooms', { name, type: 'group', visibility: 'private', memberIds: others.map(({ user }) => user.id) });
const say = (person, content, more = {}) =>
  person.client.do('send-message', { roomId: room.id, content, clientId: randomUUID(), ...more });

before(async () => {
  server = await startServer({ settings: { 'auth.password_cost': 'minimal' } });
  ann = await arrive('Ann');
  ben = await arrive('Ben');
  eve = await arrive('Eve');
  room = await newRoom('Cellar', ben);
});
after(async () => {
  for (const { client } of [ann, ben, eve].filter(Boolean)) client?.close();
  await server?.end();
});
afterEach(() => {
  for (const { client } of [ann, ben, eve]) faults.push(...client.faults.splice(0));
  assert.deepEqual(faults.splice(0), []);
});

test('messages', async () => {
  const { message } = await say(ann, 'frist');
  const at = { messageId: message.id };
  const mine = ({ messageId, message: changed }) => (messageId ?? changed.id) === message.id;
  await ben.client.got('new-message', ({ id }) => id === message.id);
  await ann.client.do('edit-message', { ...at, content: 'first' });
  await ben.client.got('message-updated', mine);
  await ben.client.do('add-reaction', { ...at, emoji: '🌱' });
  await ann.client.got('reaction-updated', mine);
  await ben.client.do('mark-read', { roomId: room.id, ...at });
  await ann.client.got('read-updated', ({ userId }) => userId === ben.user.id);
  await ann.client.do('delete-message', at);
  await ben.client.got('message-deleted', mine);
});

test('rooms, members and wishes', async () => {
  await ann.api.patch(`/rooms/${room.id}`, { topic: 'roots' });
  await ben.client.got('room-updated', (each) => each.room.topic === 'roots');
  await ben.api.put(`/rooms/${room.id}/preferences`, { starred: true });
  await ben.client.got('preferences-updated', ({ starred }) => starred);
  const attic = await newRoom('Attic', ben);
  await ben.client.got('member-updated', ({ roomId }) => roomId === attic.id);
  await ann.api.delete(`/rooms/${attic.id}`);
  const gone = await ben.client.got('room-deleted', ({ roomId }) => roomId === attic.id);
  assert.equal(gone.by, ann.user.id);
  assert.equal((await ben.client.refused('join-room', attic.id)).code, 'not-found');
});

test('coming, going, typing and presence', async () => {
  const byBen = ({ userId }) => userId === ben.user.id;
  for (const { client } of [ann, ben]) await client.do('join-room', room.id);
  await ann.client.got('user-joined', byBen);
  await ben.client.do('typing', room.id);
  await ann.client.got('user-typing', byBen);
  await ben.client.do('stop-typing', room.id);
  await ann.client.got('user-stop-typing', byBen);
  await ben.client.do('set-presence', 'busy');
  await ann.client.got('presence-updated', (each) => byBen(each) && each.status === 'busy');
  await ben.client.do('leave-room', room.id);
  await ann.client.got('user-left', byBen);
});

test('files', async () => {
  const { fileId } = await upload(server, ann, Buffer.from('jam'), { metadata: { filename: 'jam.txt', roomId: room.id } });
  const made = await ben.client.got('file-created', ({ file }) => file.id === fileId);
  assert.deepEqual([made.roomId, made.file.name, made.file.size], [room.id, 'jam.txt', 3]);
  await ann.api.patch(`/files/${fileId}`, { name: 'honey.txt' });
  const changed = await ben.client.got('file-updated', ({ file }) => file.id === fileId);
  assert.equal(changed.file.name, 'honey.txt');
  await ann.api.delete(`/files/${fileId}`, { status: 204 });
  const gone = await ben.client.got('file-deleted', (each) => each.fileId === fileId);
  assert.ok(made.seq < changed.seq && changed.seq < gone.seq);
});

test('a call with a locked door', async () => {
  const { call } = await ann.client.do('start-call', { roomId: room.id, type: 'video' });
  const at = { callId: call.id };
  const here = ({ callId }) => callId === call.id;
  await ben.client.got('incoming-call', (each) => each.call?.id === call.id);
  await ben.client.got('call-updated', (each) => each.call.id === call.id);
  await ann.client.do('lock-call', at);
  await ben.client.do('knock-call', at);
  await ann.client.got('lobby-updated', (each) => here(each) && each.waiting.length === 1);
  await ann.client.do('deny-participant', { ...at, userId: ben.user.id });
  await ben.client.got('lobby-denied', here);
  await ben.client.do('knock-call', at);
  await waitFor('the second knock', () => ann.client.of('lobby-updated').filter((each) => each.waiting.length === 1).length === 2);
  assert.equal((await ann.client.do('call-lobby', at)).items[0].userId, ben.user.id);
  await ann.client.do('admit-participant', { ...at, userId: ben.user.id });
  await ben.client.got('lobby-admitted', here);
  await ben.client.do('accept-call', at);
});

/** The live call of the room, with both in it. */
async function liveCall() {
  const { call } = await ann.client.do('start-call', { roomId: room.id });
  await ben.client.do('accept-call', { callId: call.id });
  return call.id;
}

test('hands, reactions and strokes on a shared screen', async () => {
  const callId = await liveCall();
  const share = { callId, shareId: 'screen' };
  await ben.client.do('raise-hand', { callId });
  await ann.client.got('hands-updated', ({ hands }) => hands.length === 1);
  await ben.client.do('call-reaction', { callId, emoji: '👏' });
  await ann.client.got('call-reaction', ({ userId }) => userId === ben.user.id);
  await ann.client.do('start-share', share);
  await ben.client.got('shares-updated', ({ shares }) => shares.length === 1);
  const draw = (person, id) =>
    person.client.do('annotation-stroke', { ...share, stroke: { id, tool: 'pen', points: [0, 0, 1, 1] } });
  for (const id of ['b1', 'b2']) await draw(ben, id);
  await draw(ann, 'a1');
  await ann.client.got('annotation-added', ({ stroke }) => stroke.id === 'b2');
  await ben.client.do('annotation-undo', share);
  const undone = await ann.client.got('annotation-removed');
  assert.deepEqual(undone.strokes, [{ author: ben.user.id, id: 'b2' }]);
  await ben.client.do('annotation-clear', share);
  await ann.client.got('annotation-cleared', ({ author }) => author === ben.user.id);
  await ann.client.do('annotation-clear', { ...share, everyone: true });
  await ben.client.got('annotation-cleared', ({ author }) => author === null);
  assert.deepEqual((await ben.client.do('in-call-state', { callId })).shares[0].strokes, []);
});

test('control of a shared screen is asked for, given, used and taken back', async () => {
  const callId = await liveCall();
  const share = { callId, shareId: 'desk' };
  const atDesk = ({ shareId }) => shareId === 'desk';
  await ann.client.do('start-share', share);
  await ben.client.do('remote-control-request', share);
  const asked = await ann.client.got('control-requested', atDesk);
  assert.equal(asked.userId, ben.user.id);
  await ann.client.do('remote-control-grant', { ...share, userId: ben.user.id, granted: false });
  await ben.client.got('control-answered', (each) => atDesk(each) && !each.granted);
  await ben.client.refused('remote-control-input', { ...share, input: { x: 0.5 } });

  await ben.client.do('remote-control-request', share);
  await ann.client.do('remote-control-grant', { ...share, userId: ben.user.id });
  await ben.client.got('control-answered', (each) => atDesk(each) && each.granted);
  await ann.client.got('control-updated', (each) => atDesk(each) && each.controllerId === ben.user.id);
  await ben.client.do('remote-control-input', { ...share, input: { key: 'a' } });
  const pressed = await ann.client.got('control-input', atDesk);
  assert.deepEqual([pressed.from, pressed.input], [ben.user.id, { key: 'a' }]);
  assert.equal(ben.client.of('control-input').length, 0, 'for the sharer alone');
  await ann.client.do('remote-control-revoke', share);
  await ben.client.got('control-updated', (each) => atDesk(each) && each.controllerId === null);
  await ben.client.refused('remote-control-input', { ...share, input: { key: 'b' } });
});

test('signals from one to another', async () => {
  const cid = await arrive('Cid');
  await ann.api.post(`/rooms/${room.id}/members`, { userId: cid.user.id, role: 'member' }, { status: 201 });
  await cid.client.do('call-signal', { to: ann.user.id, signal: { type: 'offer', sdp: 'v=0' } });
  await ann.client.got('incoming-call', ({ from }) => from === cid.user.id);
  await ann.client.do('call-signal', { to: cid.user.id, signal: { type: 'answer', sdp: 'v=0' } });
  await cid.client.got('call-signal', ({ from }) => from === ann.user.id);
  faults.push(...cid.client.faults);
  cid.client.close();
});

test('an account that is deleted takes its messages with it', async () => {
  const dan = await arrive('Dan');
  await ann.api.post(`/rooms/${room.id}/members`, { userId: dan.user.id, role: 'member' }, { status: 201 });
  const { message } = await say(dan, 'soon forgotten');
  const seqs = () => ben.client.of('messages-removed').map(({ seq }) => seq);
  await dan.api.call('DELETE', '/me', { password: dan.password }, { status: 204 });
  const ended = await dan.client.got('session-ended');
  assert.equal(ended.code, 'session-revoked');
  const removed = await ben.client.got('messages-removed', ({ roomId }) => roomId === room.id);
  assert.ok(removed.seq > message.seq);
  assert.equal(seqs().length, 1, 'one event for all of them');
  const { items } = await ben.api.get(`/rooms/${room.id}/messages?limit=10`);
  assert.equal(items.find(({ id }) => id === message.id)?.content ?? '', '');
  faults.push(...dan.client.faults);
});

/** What a stranger says, by event; `gives`: what is checked where it is not refused, because it is about no room. */
function attempts({ callId, messageId }) {
  const roomId = room.id;
  const share = { callId, shareId: 'desk' };
  const other = { userId: ben.user.id };
  const message = { messageId };
  return {
    'join-room': { roomId },
    'send-message': { roomId, content: 'let me in', clientId: randomUUID() },
    'edit-message': { ...message, content: 'defaced' },
    'delete-message': message,
    'add-reaction': { ...message, emoji: '👀' },
    'remove-reaction': { ...message, emoji: '👀' },
    'pin-message': message,
    'mark-read': { roomId, seq: 1 },
    typing: { roomId },
    'stop-typing': { roomId },
    'start-call': { roomId, type: 'audio' },
    'accept-call': { callId },
    'decline-call': { callId },
    'cancel-call': { callId },
    'leave-call': { callId },
    'end-call': { callId },
    'get-call': { callId },
    'ring-call': { callId, userIds: [ben.user.id] },
    'lock-call': { callId },
    'remove-participant': { callId, ...other },
    'mute-participant': { callId, ...other },
    'knock-call': { callId },
    'stop-knocking': { callId },
    'call-lobby': { callId },
    'admit-participant': { callId, userId: eve.user.id },
    'deny-participant': { callId, ...other },
    'call-signal': { to: ben.user.id, signal: { type: 'offer' } },
    'in-call-state': { callId },
    'raise-hand': { callId },
    'lower-hand': { callId, ...other },
    'call-reaction': { callId, emoji: '👏' },
    'start-share': { callId, shareId: 'hers' },
    'stop-share': share,
    'annotation-stroke': { ...share, stroke: { id: 's', tool: 'pen', points: [0, 0, 1, 1] } },
    'annotation-undo': share,
    'annotation-clear': share,
    'annotation-permission': { ...share, drawers: 'nobody' },
    'remote-control-request': share,
    'remote-control-grant': { ...share, userId: eve.user.id },
    'remote-control-revoke': share,
    'remote-control-input': { ...share, input: { x: 1 } },
  };
}

/** What is about no room: [argument, check of the answer]. */
const harmless = () => ({
  'leave-room': [{ roomId: room.id }, (data) => assert.deepEqual(data, {}, 'as of a room that nobody has heard of')],
  resync: [{ rooms: [{ roomId: room.id, lastSeq: 0 }] }, ({ rooms: [one] }) => assert.equal(one.error.code, 'not-found')],
  'get-presence': [{ userIds: [ann.user.id, ben.user.id] }, ({ items }) => assert.deepEqual(items, [])],
  'set-presence': [{ status: 'away' }, ({ status }) => assert.equal(status, 'away')],
  'refresh-token': [{ token: eve.accessToken }, ({ expiresAt }) => assert.ok(expiresAt)],
  'list-events': [{}, ({ events }) => assert.deepEqual(events, clientEvents)],
});

test('a stranger is refused every event of the contract, and changes nothing by it', async () => {
  const { message } = await say(ann, 'a secret');
  const callId = await liveCall();
  const rows = attempts({ callId, messageId: message.id });
  assert.deepEqual([...Object.keys(rows), ...Object.keys(harmless())].sort(), clientEvents, 'each event has a row');
  const heard = ben.client.seen.length;
  for (const [event, argument] of Object.entries(rows)) {
    const error = await eve.client.refused(event, argument);
    assert.equal(error.code, 'not-found', `${event}: ${error.message}`);
  }
  for (const [event, [argument, check]] of Object.entries(harmless())) check(await eve.client.do(event, argument));
  // What they caused would have come to Ben before the answer to a question of his own.
  await ben.client.do('list-events');
  assert.deepEqual(ben.client.seen.slice(heard), []);
  await ann.client.do('end-call', { callId, forAll: true });
});

test('every event of the contract was said, and to the stranger none', async () => {
  assert.deepEqual([...said].sort(), serverEvents);
  await eve.client.do('list-events');
  assert.deepEqual(eve.client.seen, []);
});
