// People in rooms, through unmodified socket.io-clients. Every frame is held against the contract of events.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';

import { WebSocket } from 'ws';

import { Client, faultOf } from './lib/events.mjs';
import { register, startServer, waitFor } from './lib/server.mjs';

let server;
let ann;
let bob;
let eve;
let room;
const open = new Set();

async function connect(person, options) {
  const client = await Client.open(server, person, options);
  open.add(client);
  return client;
}

before(async () => {
  server = await startServer();
  ann = await register(server, 'Ann Example');
  bob = await register(server, 'Bob Example');
  eve = await register(server, 'Eve Example');
  room = await ann.api.post('/rooms', { name: 'Garden', type: 'group', visibility: 'private' }, { status: 201 });
  await ann.api.post(`/rooms/${room.id}/members`, { userId: bob.user.id, role: 'member' }, { status: 201 });
});
after(() => server?.end());
afterEach(() => {
  const faults = [...open].flatMap((client) => client.faults);
  for (const client of open) client.close();
  open.clear();
  assert.deepEqual(faults, []);
});

const say = (client, content, more = {}) =>
  client.do('send-message', { roomId: room.id, content, clientId: randomUUID(), ...more });

test('a connection without a good token is refused with a code', async () => {
  for (const token of [undefined, 'nonsense']) {
    const client = new Client(server.url, token);
    const error = await client.connected().then(
      () => undefined,
      (failure) => failure,
    );
    client.close();
    assert.equal(error?.data?.code, 'unauthenticated');
    assert.ok(error.message.length > 0);
  }
});

test('a message reaches the other with what was acknowledged', async () => {
  const [a, b] = [await connect(ann), await connect(bob)];
  const { message } = await say(a, 'Grüße 👋 <b>not bold</b>');
  assert.equal(message.content, 'Grüße 👋 <b>not bold</b>');
  assert.equal(message.senderId, ann.user.id);
  const heard = await b.got('new-message', (each) => each.id === message.id);
  for (const name of Object.keys(message)) assert.deepEqual(heard[name], message[name], name);
  await a.got('new-message', (each) => each.id === message.id);
});

test('long polling alone does the same', async () => {
  const polling = { transports: ['polling'] };
  const [a, b] = [await connect(ann, polling), await connect(bob, polling)];
  assert.equal(b.socket.io.engine.transport.name, 'polling');
  const sent = [];
  for (let i = 0; i < 20; ++i) sent.push((await say(a, `poll ${i}`)).message.id);
  await b.got('new-message', (each) => each.id === sent.at(-1));
  assert.deepEqual(b.of('new-message').map((each) => each.id), sent);
});

test('an upgrade in the middle of events loses none', async () => {
  const a = await connect(ann);
  const b = await connect(bob);
  const upgraded = waitFor('the upgrade', () => b.socket.io.engine.transport.name === 'websocket');
  const sent = await Promise.all(Array.from({ length: 60 }, (_, i) => say(a, `upgrade ${i}`)));
  await upgraded;
  await waitFor('all', () => b.of('new-message').length === sent.length);
  assert.deepEqual(
    b.of('new-message').map((each) => each.seq),
    sent.map((each) => each.message.seq).sort((x, y) => x - y),
  );
});

test('edits, deletions, reactions, pins and threads reach both', async () => {
  const [a, b] = [await connect(ann), await connect(bob)];
  const { message } = await say(a, 'frist');
  await a.do('edit-message', { messageId: message.id, content: 'first' });
  await b.got('message-updated', (each) => each.message.content === 'first' && each.message.editedAt);
  const { reactions } = await b.do('add-reaction', { messageId: message.id, emoji: '🌱' });
  assert.deepEqual(reactions, [{ emoji: '🌱', count: 1, userIds: [bob.user.id] }]);
  await a.got('reaction-updated', (each) => each.messageId === message.id && each.reactions.length === 1);
  await b.do('remove-reaction', { messageId: message.id, emoji: '🌱' });
  await a.got('reaction-updated', (each) => each.messageId === message.id && each.reactions.length === 0);
  await a.do('pin-message', { messageId: message.id });
  await b.got('message-updated', (each) => each.message.id === message.id && each.message.pinned);

  const { message: reply } = await say(b, 'a reply', { threadId: message.id, replyTo: message.id });
  const heard = await a.got('new-message', (each) => each.id === reply.id);
  assert.equal(heard.threadId, message.id);
  assert.equal(heard.thread.replyCount, 1);

  await a.do('delete-message', message.id);
  await b.got('message-deleted', (each) => each.messageId === message.id);
  assert.equal((await b.refused('edit-message', { messageId: reply.id.replace(/.$/, '0'), content: 'x' })).code, 'not-found');
  assert.equal((await a.refused('edit-message', { messageId: reply.id, content: 'mine now' })).code, 'permission-denied');
});

test('typing, reading and presence are told to the others', async () => {
  const a = await connect(ann);
  const b = await connect(bob);
  await a.do('join-room', room.id);
  await b.do('join-room', { roomId: room.id });
  await a.got('user-joined', (each) => each.userId === bob.user.id);
  await b.do('typing', { roomId: room.id });
  await a.got('user-typing', (each) => each.userId === bob.user.id && each.roomId === room.id);
  await b.do('stop-typing', room.id);
  await a.got('user-stop-typing', (each) => each.userId === bob.user.id);
  assert.equal(b.of('user-typing').length, 0);

  const { message } = await say(a, 'read me');
  const marker = await b.do('mark-read', { roomId: room.id, messageId: message.id });
  assert.equal(marker.seq, message.seq);
  await a.got('read-updated', (each) => each.userId === bob.user.id && each.lastReadSeq === message.seq);

  await b.do('set-presence', { status: 'busy' });
  await a.got('presence-updated', (each) => each.userId === bob.user.id && each.status === 'busy');
  const { items } = await a.do('get-presence', { userIds: [bob.user.id, eve.user.id] });
  assert.deepEqual(items.map((each) => [each.userId, each.status]), [[bob.user.id, 'busy']]);
  await b.do('leave-room', room.id);
  await a.got('user-left', (each) => each.userId === bob.user.id);
  b.close();
  const gone = await a.got('presence-updated', (each) => each.userId === bob.user.id && each.status === 'offline');
  assert.ok(gone.lastSeenAt);
});

test('the inbox holds mentions, followed threads and missed calls, and wishes for a room reach every device', async () => {
  const a = await connect(ann);
  const b = await connect(bob);
  const b2 = await connect(bob);
  await bob.api.post('/inbox/read');
  const { message: asked } = await b.do('send-message', { roomId: room.id, content: 'when do we sail?' });
  const { message: answer } = await a.do('send-message', { roomId: room.id, content: 'at noon', threadId: asked.id });
  const { message: named } = await a.do('send-message', { roomId: room.id, content: `@${bob.user.handle} bring the ropes` });
  const fresh = async () => (await bob.api.get('/inbox?limit=20')).items.filter((each) => !each.read);
  assert.deepEqual((await fresh()).map((each) => [each.kind, each.message.id]), [['mention', named.id], ['thread', answer.id]]);
  assert.ok((await ann.api.get('/inbox?limit=20')).items.every((each) => each.message?.id !== answer.id), 'not her own');

  assert.equal((await bob.api.get(`/rooms/${room.id}/messages/${asked.id}/thread`)).following, true);
  await bob.api.delete(`/rooms/${room.id}/messages/${asked.id}/follow`);
  assert.deepEqual((await fresh()).map((each) => each.kind), ['mention']);
  await b.do('mark-read', { roomId: room.id, messageId: named.id });
  assert.deepEqual(await fresh(), []);

  const wishes = { starred: true, notify: 'nothing' };
  const changed = await bob.api.put(`/rooms/${room.id}/preferences`, wishes);
  assert.deepEqual([changed.starred, changed.muted, changed.notify], [true, false, 'nothing']);
  await b2.got('preferences-updated', (each) => each.roomId === room.id && each.notify === 'nothing' && each.starred);
  assert.equal(a.of('preferences-updated').length, 0);
  assert.equal((await ann.api.get(`/rooms/${room.id}`)).starred, false);
  await bob.api.put(`/rooms/${room.id}/preferences`, { starred: false, notify: 'everything' });
});

test('what was said is in the history and is found', async () => {
  const a = await connect(ann);
  const word = `w${randomUUID().slice(0, 8)}`;
  const { message } = await say(a, `the ${word} grows`);
  const page = await bob.api.get(`/rooms/${room.id}/messages?limit=5`);
  assert.equal(page.items.at(-1).id, message.id);
  const older = await bob.api.get(`/rooms/${room.id}/messages?limit=2&before=${message.seq}`);
  assert.ok(older.items.every((each) => each.seq < message.seq));
  const found = await bob.api.get(`/search?q=${word}`);
  assert.deepEqual(found.items.map((each) => each.messageId), [message.id]);
  assert.ok(found.items[0].snippet.includes(word));
  assert.deepEqual((await eve.api.get(`/search?q=${word}`)).items, []);
});

test('somebody without membership gets nothing over REST', async () => {
  for (const route of [`/rooms/${room.id}`, `/rooms/${room.id}/messages`, `/rooms/${room.id}/members`]) {
    await assert.rejects(eve.api.get(route), /answered 404/);
  }
});

test('somebody who is removed hears nothing more at once', async () => {
  const [a, b] = [await connect(ann), await connect(bob)];
  const shed = await ann.api.post('/rooms', { name: 'Shed', type: 'group', visibility: 'private', memberIds: [bob.user.id] });
  await b.got('member-updated', (each) => each.roomId === shed.id && each.userId === bob.user.id);
  await ann.api.delete(`/rooms/${shed.id}/members/${bob.user.id}`);
  await b.got('member-updated', (each) => each.roomId === shed.id && each.action === 'removed');
  const heard = b.seen.length;
  await a.do('send-message', { roomId: shed.id, content: 'without Bob', clientId: randomUUID() });
  await b.do('list-events');
  assert.equal(b.seen.length, heard);
  assert.notEqual((await b.refused('send-message', { roomId: shed.id, content: 'hello?' })).code, undefined);
});

test('after a reconnect the client gets what it missed, in order', async () => {
  const a = await connect(ann);
  const first = await connect(bob);
  const { lastSeq } = await first.do('join-room', room.id);
  first.close();
  const sent = [];
  for (let i = 0; i < 25; ++i) sent.push((await say(a, `missed ${i}`)).message);
  await a.do('add-reaction', { messageId: sent[0].id, emoji: '🐝' });

  const second = await connect(bob);
  const back = await second.do('join-room', { roomId: room.id, lastSeq });
  const seqs = back.missed.map((each) => each.data.seq);
  assert.deepEqual(seqs, [...seqs].sort((x, y) => x - y));
  assert.ok(seqs.every((each) => each > lastSeq));
  assert.deepEqual(
    back.missed.filter((each) => each.event === 'new-message').map((each) => each.data.id),
    sent.map((each) => each.id),
  );
  assert.equal(back.missed.at(-1).event, 'reaction-updated');
  for (const each of back.missed) assert.equal(faultOf(`server.${each.event}`, each.data), undefined);
  assert.equal(back.lastSeq, seqs.at(-1));
  const again = await second.do('resync', { rooms: [{ roomId: room.id, lastSeq: back.lastSeq }] });
  assert.deepEqual(again.rooms[0].missed, []);
});

test('a repeated send answers with the first message and is told once', async () => {
  const [a, b] = [await connect(ann), await connect(bob)];
  const clientId = randomUUID();
  const argument = { roomId: room.id, content: 'once', clientId };
  const [first, second] = await Promise.all([a.do('send-message', argument), a.do('send-message', argument)]);
  const third = await a.do('send-message', { ...argument, content: 'changed' });
  assert.equal(second.message.id, first.message.id);
  assert.equal(third.message.id, first.message.id);
  assert.equal(third.message.content, 'once');
  assert.equal(third.repeated, true);
  await say(a, 'marker');
  await b.got('new-message', (each) => each.content === 'marker');
  assert.equal(b.of('new-message').filter((each) => each.clientId === clientId).length, 1);
});

test('everybody sees a room in the same order', async () => {
  const clients = await Promise.all([connect(ann), connect(bob), connect(ann), connect(bob)]);
  const count = 40;
  await Promise.all(clients.flatMap((client, i) => Array.from({ length: count }, (_, n) => say(client, `${i}/${n}`))));
  const orders = [];
  for (const client of clients) {
    await waitFor('all messages', () => client.of('new-message').length >= clients.length * count);
    orders.push(client.of('new-message').map((each) => each.seq));
  }
  assert.deepEqual(orders[0], [...orders[0]].sort((x, y) => x - y));
  for (const order of orders) assert.deepEqual(order, orders[0]);
  // Each sender's own messages stay in the order of sending.
  for (let i = 0; i < clients.length; ++i) {
    const own = clients[0].of('new-message').filter((each) => each.content.startsWith(`${i}/`));
    assert.deepEqual(own.map((each) => Number(each.content.split('/')[1])), Array.from({ length: count }, (_, n) => n));
  }
});

test('wrong arguments are refused with the field that is wrong', async () => {
  const a = await connect(ann);
  const rows = [
    ['send-message', {}, 'invalid-argument', 'roomId'],
    ['send-message', { roomId: 'x', content: 'a' }, 'invalid-argument', 'roomId'],
    ['send-message', { roomId: room.id, content: 7 }, 'invalid-argument', 'content'],
    ['join-room', 'not an id', 'invalid-argument', 'roomId'],
    ['join-room', { roomId: room.id, lastSeq: -1 }, 'invalid-argument', 'lastSeq'],
    ['resync', { rooms: [{}] }, 'invalid-argument', 'rooms[0].roomId'],
    ['set-presence', { status: 'asleep' }, 'invalid-argument', 'status'],
    ['no-such-event', {}, 'unknown-event', undefined],
  ];
  for (const [event, argument, code, field] of rows) {
    const { ok, error } = await a.socket.timeout(5_000).emitWithAck(event, argument);
    assert.deepEqual([ok, error.code, error.field], [false, code, field], event);
  }
  const many = await a.socket.timeout(5_000).emitWithAck('send-message', { roomId: room.id }, 'more');
  assert.equal(many.error.code, 'invalid-argument');
  const binary = await a.socket.timeout(5_000).emitWithAck('send-message', { roomId: room.id, content: Buffer.from('x') });
  assert.equal(binary.error.code, 'invalid-argument');
});

test('the end of a session ends its sockets and says why', async () => {
  const guest = await register(server, 'Short Stay');
  const client = await connect(guest);
  const gone = new Promise((resolve) => client.socket.once('disconnect', resolve));
  await guest.api.post('/auth/logout', {});
  assert.equal(await gone, 'io server disconnect');
  assert.equal(client.of('session-ended')[0].code, 'session-revoked');
});

test('JSON frames carry the same events', async () => {
  const a = await connect(ann);
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws`, {
    headers: { authorization: `Bearer ${bob.accessToken}` },
  });
  const frames = [];
  socket.on('message', (text) => frames.push(JSON.parse(text)));
  await waitFor('the connection', () => frames.find((each) => each.event === 'connected'));
  const { message } = await say(a, 'to a plain socket');
  const heard = await waitFor('new-message', () => frames.find((each) => each.event === 'new-message' && each.data.id === message.id));
  assert.equal(faultOf('server.new-message', heard.data), undefined);
  socket.send(JSON.stringify({ event: 'send-message', data: { roomId: room.id, content: 'and back' }, id: 'x1' }));
  const answer = await waitFor('the answer', () => frames.find((each) => each.id === 'x1'));
  assert.equal(answer.ok, true);
  await a.got('new-message', (each) => each.id === answer.data.message.id);
  socket.send(JSON.stringify({ event: 'join-room', data: room.id, id: 2 }));
  const joined = await waitFor('the answer', () => frames.find((each) => each.id === 2));
  assert.equal(joined.data.room.id, room.id);
  socket.close();
});
