// Clients that stop reading while their room is busy: they are cut off so that they can come back, what waits for them
// stays bounded, and nobody else notices.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { WebSocket } from 'ws';

import { Client } from './lib/events.mjs';
import { register, startServer, waitFor } from './lib/server.mjs';
import { Endpoint } from './lib/wire.mjs';

const kMessage = 64 << 10;
const kWords = 'to and fro '.repeat(kMessage / 11);
const kTryAgainLater = 1013;
const kQueue = 2; // MiB that may wait for one client
const kSlowClose = 2_000; // ms for a client that was too slow to take its leave

let server;
let ann;
let ben;
let cid;
let room;

before(async () => {
  const settings = {
    'auth.password_cost': 'minimal',
    'chat.max_message': '64KiB',
    'http.max_websocket_queue': `${kQueue}MiB`,
    'sockets.ping_interval': '5m', // who does not read answers no ping; that is another end
  };
  server = await startServer({ settings });
  [ann, ben, cid] = await Promise.all(['Ann', 'Ben', 'Cid'].map((name) => register(server, name)));
  const memberIds = [ben.user.id, cid.user.id];
  room = await ann.api.post('/rooms', { name: 'Loud', type: 'group', visibility: 'private', memberIds });
});
after(() => server?.end());

async function counter(name) {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(new RegExp(`^parley_${name} (\\S+)$`, 'm').exec(text)[1]);
}

async function rss() {
  const status = await readFile(`/proc/${server.program.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)[1]) / 1024;
}

/** A bare WebSocket that speaks as much Socket.IO as it must. Once `pause()`d it reads nothing more from the network. */
async function bareClient(person) {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  const bare = { socket, events: [] };
  bare.of = (event) => bare.events.filter(([name]) => name === event).map(([, data]) => data);
  socket.on('error', () => {});
  socket.once('open', () => socket.send(`40${JSON.stringify({ token: person.accessToken })}`));
  socket.on('message', (data) => {
    const packet = data.toString();
    if (packet.startsWith('40')) bare.connected = true;
    if (packet.startsWith('42')) bare.events.push(JSON.parse(packet.slice(2)));
  });
  bare.closed = new Promise((resolve) => socket.once('close', resolve));
  await waitFor('the connection', () => bare.connected);
  return bare;
}

/** Sends long messages, some at a time, until `enough` says so: what was acknowledged. */
async function talk(client, enough) {
  const sent = [];
  let stop = false;
  const line = async () => {
    while (!stop) {
      const content = `${sent.length} ${kWords}`.slice(0, kMessage);
      sent.push((await client.do('send-message', { roomId: room.id, content, clientId: randomUUID() })).message);
      stop ||= sent.length >= 4_000 || (sent.length % 10 === 0 && (await enough(sent)));
    }
  };
  await Promise.all(Array.from({ length: 8 }, line));
  assert.ok(sent.length < 4_000, 'this never came to an end');
  return sent.sort((x, y) => x.seq - y.seq);
}

const seqsOf = (messages) => messages.map(({ seq }) => seq);

/** All messages of the room behind a number, page by page, as a client asks that was told to load anew. */
async function historyAfter(person, seq) {
  const found = [];
  for (let last = seq; ; last = found.at(-1).seq) {
    const { items } = await person.api.get(`/rooms/${room.id}/messages?limit=100&after=${last}`);
    if (items.length === 0) return found;
    found.push(...items);
  }
}

test('a client that stops reading is cut off, and catches up in order when it comes back', async (t) => {
  const sender = await Client.open(server, ann);
  const steady = await Client.open(server, cid);
  const slow = await bareClient(ben);
  t.after(() => [sender, steady].forEach((client) => client.close()));
  const early = await talk(sender, (sent) => sent.length >= 20);
  await waitFor('the first messages', () => slow.of('new-message').length === early.length);

  slow.socket.pause();
  let asked;
  const busy = await talk(sender, async () => {
    asked = performance.now();
    return (await counter('websockets_too_slow_total')) === 1;
  });
  // It reads again, and finds the end behind what the network still held, unless this process was late for that.
  slow.socket.resume();
  const code = await slow.closed;
  if (performance.now() - asked < kSlowClose / 2) assert.equal(code, kTryAgainLater);
  assert.deepEqual(slow.of('session-ended'), [], 'nobody has sent it away for good');
  assert.equal(await counter('slow_clients_total'), 1);
  const late = await talk(sender, (sent) => sent.length >= 20);

  const heard = seqsOf(slow.of('new-message'));
  const lastSeq = heard.at(-1);
  assert.deepEqual(heard, seqsOf([...early, ...busy]).slice(0, heard.length), 'what it got has no holes');
  assert.ok(lastSeq < busy.at(-1).seq, 'something was held back');
  const back = await Client.open(server, ben);
  t.after(() => back.close());
  const joined = await back.do('join-room', { roomId: room.id, lastSeq });
  const missed = joined.reload ? await historyAfter(ben, lastSeq) : joined.missed.map(({ data }) => data);
  assert.deepEqual(seqsOf(missed), seqsOf([...busy, ...late]).filter((seq) => seq > lastSeq));

  const all = [...early, ...busy, ...late];
  await waitFor('all', () => steady.of('new-message').at(-1)?.seq === all.at(-1).seq);
  assert.deepEqual(seqsOf(steady.of('new-message')), seqsOf(all), 'another client got each in its turn');
  assert.ok(sender.socket.connected && steady.socket.connected);
  assert.deepEqual([...sender.faults, ...steady.faults, ...back.faults], []);
  t.diagnostic(`cut off after ${busy.length} messages`);
});

test('however much is said, what waits for those who never read again stays bounded', async (t) => {
  const sender = await Client.open(server, ann);
  const slow = await Promise.all([bareClient(ben), bareClient(ben)]);
  t.after(() => {
    sender.close();
    slow.forEach(({ socket }) => socket.terminate());
  });
  for (const { socket } of slow) socket.pause();
  const cut = await counter('websockets_too_slow_total');
  const before = await rss();
  let most = before;
  const sent = await talk(sender, async () => {
    most = Math.max(most, await rss());
    return (await counter('websockets_too_slow_total')) === cut + slow.length;
  });
  // As much again, when nobody is left for whom it could wait.
  const more = await talk(sender, async (messages) => {
    most = Math.max(most, await rss());
    return messages.length >= sent.length;
  });
  await waitFor('the end of the connections', async () => (await counter('websockets')) === 1);
  const said = ((sent.length + more.length) * kMessage) / (1 << 20);
  t.diagnostic(`${said.toFixed(0)} MiB said; memory: ${before.toFixed(0)} MiB before, ${most.toFixed(0)} at most`);
  assert.ok(most - before < kQueue + 24, `${before} MiB became ${most} MiB`);
  assert.deepEqual(sender.faults, []);
});

test('long polling that is not polled is ended likewise', async (t) => {
  const sender = await Client.open(server, ann);
  t.after(() => sender.close());
  const place = new Endpoint(server.url, '/socket.io/');
  const { sid } = await place.open();
  await place.push(sid, `40${JSON.stringify({ token: ben.accessToken })}`);
  assert.match((await place.poll(sid)).text, /^40\{"sid":/);
  const [cut, closed] = [await counter('slow_clients_total'), await counter('websockets_too_slow_total')];
  const sent = await talk(sender, async () => (await counter('slow_clients_total')) === cut + 1);
  assert.ok(sent.length * kMessage < 4 << 20, `${sent.length} messages waited for it`);
  assert.equal((await place.poll(sid)).status, 400);
  assert.equal(await counter('websockets_too_slow_total'), closed, 'nobody else was cut off');
});
