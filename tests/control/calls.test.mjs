// Calls between people with unmodified socket.io-clients: ringing on several devices, history, media that ends with the
// membership. Every frame is held against the contract of events.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';

import { WebSocket } from 'ws';

import { Client } from './lib/events.mjs';
import { register, startServer, waitFor } from './lib/server.mjs';

const kRing = 6; // seconds: long enough to answer on a busy machine

let server;
let ann;
let ben;
let cid;
let eve;
let room;
let open = [];

before(async () => {
  server = await startServer({ settings: { 'calls.ring_timeout': `${kRing}s` } });
  ann = await register(server, 'Ann');
  ben = await register(server, 'Ben');
  cid = await register(server, 'Cid');
  eve = await register(server, 'Eve');
  room = await ann.api.post('/rooms', {
    name: 'Team',
    type: 'group',
    visibility: 'private',
    memberIds: [ben.user.id, cid.user.id],
  });
});
after(() => server?.end());
afterEach(async () => {
  const { call } = await ann.api.get(`/rooms/${room.id}/call`);
  if (call) await ann.api.post(`/calls/${call.id}/end`, { forAll: true });
  const faults = open.flatMap((client) => client.faults);
  for (const client of open) client.close();
  open = [];
  assert.deepEqual(faults, []);
});

async function connect(person, options) {
  const client = await Client.open(server, person, options);
  open.push(client);
  return client;
}
const statusOf = (call, person) => call.participants.find((each) => each.userId === person.user.id)?.status;
const update = (client, call, status) =>
  client.got('call-updated', (each) => each.call.id === call.id && each.call.status === status);
async function inHistory(person, call) {
  const { items } = await person.api.get('/calls');
  return items.find((each) => each.id === call.id);
}

test('a call rings on two devices, is answered on one, stops on the other, and all find it in their history', async () => {
  const a = await connect(ann);
  const phone = await connect(ben, { transports: ['websocket'] });
  const laptop = await connect(ben, { transports: ['polling'] });
  const stranger = await connect(eve);
  const { call, media } = await a.do('start-call', { roomId: room.id, type: 'video' });
  assert.equal(call.status, 'ringing');
  assert.match(media.url, /^ws:/);
  for (const device of [phone, laptop]) {
    const incoming = await device.got('incoming-call', (each) => each.call.id === call.id);
    assert.equal(incoming.from.id, ann.user.id);
    assert.equal(incoming.from.name, 'Ann');
    assert.equal(incoming.room.name, 'Team');
  }
  const accepted = await phone.do('accept-call', { callId: call.id });
  assert.ok(accepted.media.token);
  const stop = await update(laptop, call, 'active');
  assert.equal(statusOf(stop.call, ben), 'joined');
  assert.ok(stop.seq > 0);
  await new Promise((resolve) => setTimeout(resolve, 1_200));
  await a.do('end-call', { callId: call.id });
  const over = await update(phone, call, 'ended');
  for (const person of [ann, ben, cid]) {
    const found = await inHistory(person, call);
    assert.equal(found.status, 'ended');
    assert.equal(found.roomId, room.id);
    assert.equal(found.type, 'video');
    assert.ok(found.duration >= 1.2 && found.duration < 10, `${found.duration}`);
    assert.equal(found.duration, (Date.parse(found.endedAt) - Date.parse(found.answeredAt)) / 1000);
    assert.equal(statusOf(found, ben), 'left');
  }
  assert.equal(over.call.duration, (await inHistory(ann, call)).duration);
  assert.equal(await inHistory(eve, call), undefined);
  assert.deepEqual(stranger.seen.filter((each) => /call/.test(each.event)), []);
});

test('a call that nobody answers is missed, declined or cancelled, as it happened', async () => {
  const a = await connect(ann);
  const b = await connect(ben);
  const missed = await a.do('start-call', { roomId: room.id, type: 'audio' });
  await b.got('incoming-call', (each) => each.call.id === missed.call.id);
  await update(b, missed.call, 'missed');
  const found = await inHistory(ben, missed.call);
  assert.equal(found.status, 'missed');
  assert.equal(found.missed, true);
  assert.equal(found.duration, 0);
  assert.equal(statusOf(found, ben), 'missed');
  assert.equal((await inHistory(ann, missed.call)).missed, false);

  const declined = await a.do('start-call', { roomId: room.id, type: 'audio' });
  await b.do('decline-call', { callId: declined.call.id });
  await update(a, declined.call, 'declined');

  const cancelled = await a.do('start-call', { roomId: room.id, type: 'audio' });
  await b.got('incoming-call', (each) => each.call.id === cancelled.call.id);
  await a.do('cancel-call', { callId: cancelled.call.id });
  await update(b, cancelled.call, 'cancelled');
  assert.equal(statusOf(await inHistory(ben, cancelled.call), ben), 'missed');
});

test('who connects while it rings hears it, and REST starts, answers and ends calls as well', async () => {
  const { call, media } = await ann.api.post(`/rooms/${room.id}/call`, { type: 'audio' }, { status: 200 });
  assert.ok(media.token && media.url);
  const late = await connect(ben);
  await late.got('incoming-call', (each) => each.call.id === call.id);
  const joined = await ben.api.post(`/rooms/${room.id}/call`, { type: 'audio' }, { status: 200 });
  assert.equal(joined.call.id, call.id); // a room has one call at a time
  assert.equal(joined.call.status, 'active');
  await ann.api.post(`/calls/${call.id}/end`, {});
  assert.equal((await inHistory(ben, call)).status, 'ended');
});

test('hands, reactions and strokes reach those in the call alone', async () => {
  const [a, b, c] = [await connect(ann), await connect(ben), await connect(cid)];
  const { call } = await a.do('start-call', { roomId: room.id, type: 'video' });
  const callId = call.id;
  await b.do('accept-call', { callId });
  await b.do('raise-hand', { callId });
  await a.got('hands-updated', (each) => each.hands.length === 1 && each.hands[0].userId === ben.user.id);
  await a.do('call-reaction', { callId, emoji: '👏' });
  await b.got('call-reaction', (each) => each.emoji === '👏');
  await a.do('start-share', { callId, shareId: 'screen' });
  const stroke = { id: 's1', tool: 'pen', color: '#ff0000', width: 0.01, points: [0.1, 0.1, 0.5, 0.5] };
  await b.do('annotation-stroke', { callId, shareId: 'screen', stroke });
  const drawn = await a.got('annotation-added', (each) => each.stroke.id === 's1');
  assert.equal(drawn.stroke.author, ben.user.id);
  assert.deepEqual(drawn.stroke.points, stroke.points);
  await c.do('accept-call', { callId });
  const state = await c.do('in-call-state', { callId });
  assert.equal(state.hands.length, 1);
  assert.equal(state.shares[0].strokes.length, 1);
  assert.equal(c.of('annotation-added').length, 0);
  await a.do('stop-share', { callId, shareId: 'screen' });
  await c.got('shares-updated', (each) => each.shares.length === 0);
});

test('peer-to-peer signals go between two who share a room', async () => {
  const [a, b] = [await connect(ann), await connect(ben)];
  await a.do('call-signal', { to: ben.user.id, signal: { type: 'offer', sdp: 'v=0' } });
  const incoming = await b.got('incoming-call', (each) => each.signal);
  assert.equal(incoming.from, ann.user.id);
  assert.deepEqual(incoming.signal, { type: 'offer', sdp: 'v=0' });
  await b.do('call-signal', { to: incoming.from, signal: { type: 'answer', sdp: 'v=0' } });
  const answer = await a.got('call-signal', (each) => each.signal.type === 'answer');
  assert.equal(answer.from, ben.user.id);
});

// Signalling alone: whether media flows is the journeys' matter.
async function enterMedia(token) {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/rtc?access_token=${token}&protocol=15`);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  // The server has ended the media when it says leave: field 8 of a SignalResponse.
  const left = new Promise((resolve) => {
    socket.on('message', (data) => data[0] === ((8 << 3) | 2) && resolve(performance.now()));
  });
  await new Promise((resolve, reject) => {
    socket.once('message', resolve);
    socket.once('error', reject);
  });
  return { socket, closed, left };
}
const validate = (token) => fetch(`${server.url}/rtc/validate?access_token=${token}`);

test('the media of a removed member ends within 200 ms, and the token counts no more', async () => {
  const [a, c] = [await connect(ann), await connect(cid)];
  const { call, media } = await a.do('start-call', { roomId: room.id, type: 'video' });
  const theirs = (await c.do('accept-call', { callId: call.id })).media;
  const mine = await enterMedia(media.token);
  const out = await enterMedia(theirs.token);
  assert.equal((await validate(theirs.token)).status, 200);
  await ann.api.delete(`/rooms/${room.id}/members/${cid.user.id}`);
  const removed = performance.now(); // the removal is on disk and answered
  const took = (await out.left) - removed;
  assert.ok(took < 200, `${took} ms`);
  assert.equal((await validate(theirs.token)).status, 401);
  assert.equal((await c.refused('accept-call', { callId: call.id })).code, 'not-found');
  assert.equal((await validate(media.token)).status, 200);
  const seen = await waitFor('the removal', async () => {
    const { participants } = (await a.do('get-call', { callId: call.id })).call;
    return participants.find((each) => each.userId === cid.user.id && each.status === 'left');
  });
  assert.ok(seen.leftAt);
  mine.socket.close();
  await ann.api.post(`/rooms/${room.id}/members`, { userId: cid.user.id, role: 'member' });
});

/** One act of RoomService with a media token: its status. */
async function roomService(token, method, body) {
  const response = await fetch(`${server.url}/twirp/livekit.RoomService/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.status;
}

test('a demoted moderator loses the media room at once, and owners are beyond a moderator', async () => {
  const setRole = (person, role) => ann.api.patch(`/rooms/${room.id}/members/${person.user.id}`, { role });
  await setRole(ben, 'moderator');
  const [a, b, c] = [await connect(ann), await connect(ben), await connect(cid)];
  const { call, media } = await a.do('start-call', { roomId: room.id, type: 'video' });
  const callId = call.id;
  const { token } = (await b.do('accept-call', { callId })).media;
  const theirs = (await c.do('accept-call', { callId })).media;
  const sockets = [await enterMedia(media.token), await enterMedia(token), await enterMedia(theirs.token)];
  const at = { room: room.id };
  assert.equal(await roomService(token, 'ListParticipants', at), 200);
  assert.equal(await roomService(theirs.token, 'ListParticipants', at), 401); // never was one

  for (const event of ['remove-participant', 'mute-participant']) {
    assert.equal((await b.refused(event, { callId, userId: ann.user.id })).code, 'permission-denied', event);
  }
  for (const [method, more] of [
    ['RemoveParticipant', {}],
    ['UpdateParticipant', { permission: { canSubscribe: true } }],
    ['MutePublishedTrack', { trackSid: 'TR_any', muted: true }],
    ['UpdateSubscriptions', { trackSids: ['TR_any'], subscribe: false }],
  ]) {
    assert.equal(await roomService(token, method, { ...at, identity: ann.user.id, ...more }), 403, method);
  }
  assert.equal(await roomService(token, 'UpdateParticipant', { ...at, identity: cid.user.id, metadata: 'x' }), 200);

  await setRole(ben, 'member');
  assert.equal(await roomService(token, 'ListParticipants', at), 403);
  assert.equal(await roomService(token, 'RemoveParticipant', { ...at, identity: cid.user.id }), 403);
  assert.equal((await b.refused('lock-call', { callId, locked: true })).code, 'permission-denied');
  assert.equal((await validate(token)).status, 200); // to be in the call is still his right
  for (const { socket } of sockets) socket.close();
});

test('a locked call is entered by admission', async () => {
  const [a, b] = [await connect(ann), await connect(ben)];
  const { call } = await a.do('start-call', { roomId: room.id, type: 'video', ring: false });
  const callId = call.id;
  await a.do('lock-call', { callId, locked: true });
  assert.equal((await b.refused('accept-call', { callId })).code, 'permission-denied');
  await b.do('knock-call', { callId });
  await a.got('lobby-updated', (each) => each.waiting.some((one) => one.userId === ben.user.id));
  await a.do('admit-participant', { callId, userId: ben.user.id });
  await b.got('lobby-admitted', (each) => each.callId === callId);
  const { media } = await b.do('accept-call', { callId });
  const inside = await enterMedia(media.token);
  await a.do('remove-participant', { callId, userId: ben.user.id });
  await inside.closed;
  assert.equal((await b.refused('accept-call', { callId })).code, 'permission-denied');
  assert.equal((await validate(media.token)).status, 401);
});

test('a call that a crash cuts short is closed in the history', async () => {
  const a = await connect(ann);
  const b = await connect(ben);
  const { call } = await a.do('start-call', { roomId: room.id, type: 'audio' });
  await b.do('accept-call', { callId: call.id });
  await server.restart('SIGKILL');
  const found = await inHistory(ben, call);
  assert.equal(found.status, 'ended');
  assert.ok(found.endedAt);
  const again = await ann.api.post(`/rooms/${room.id}/call`, { type: 'audio' }, { status: 200 });
  assert.notEqual(again.call.id, call.id);
});
