// What is promised when things go wrong: an acknowledged message is there, once, in its place, whatever the server, its
// database, its disk or its clock did. Clients do what docs/delivery.md asks of them, no more.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { after, before, test } from 'node:test';

import { io } from 'socket.io-client';

import { Client } from './lib/events.mjs';
import { falseClock, limitFiles, smallDisk, startPostgres } from './lib/faults.mjs';
import { noise, sha256, upload } from './lib/files.mjs';
import { register, startServer, waitFor } from './lib/server.mjs';

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let cluster;
before(async () => (cluster = await startPostgres()));
after(() => cluster?.end());

/**
 * Sends `count` messages to a room and hears what others send, across any number of broken connections: what was not
 * acknowledged is sent again with the clientId it had, what was missed is asked for.
 */
class Talker {
  constructor(server, person, room, { count, window = 8, pause = 0 }) {
    Object.assign(this, { person, room, count, window, pause });
    this.clientIds = Array.from({ length: count }, () => randomUUID());
    this.next = 0;
    this.open = new Set(); // sent, and not acknowledged
    this.acknowledged = new Map(); // n → message
    this.refusals = [];
    this.faults = [];
    this.heard = [];
    this.lastSeq = 0;
    this.connections = 0;
    this.socket = io(server.url, {
      auth: { token: person.accessToken },
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 250,
      autoConnect: false,
    });
    this.socket.on('connect', () => this.catchUp());
    this.socket.on('disconnect', () => (this.ready = false));
    this.socket.on('new-message', (message) => {
      if (this.ready) this.hear('new-message', message);
      else this.early.push(message);
    });
  }

  start() {
    this.finished = new Promise((resolve) => (this.finish = resolve));
    this.socket.connect();
    return this.finished;
  }

  async catchUp() {
    this.connections += 1;
    this.early = [];
    this.ready = false;
    const { id } = this.socket;
    const asked = { roomId: this.room.id, ...(this.connections > 1 ? { lastSeq: this.lastSeq } : {}) };
    // Broken again before the answer: the next connection asks anew.
    const answer = await this.socket.emitWithAck('join-room', asked).catch(() => undefined);
    if (!answer || this.socket.id !== id) return;
    if (!answer.ok) return void this.faults.push(`join-room: ${JSON.stringify(answer.error)}`);
    if (answer.data.reload) this.faults.push('told to load everything anew');
    if (this.connections === 1) this.lastSeq = answer.data.lastSeq;
    for (const { event, data } of answer.data.missed ?? []) this.hear(event, data);
    this.ready = true;
    for (const message of this.early) this.hear('new-message', message);
    for (const n of [...this.open].sort((a, b) => a - b)) this.send(n);
    this.pump();
  }

  hear(event, data) {
    if (data.roomId !== this.room.id || data.seq <= this.lastSeq) return;
    this.lastSeq = data.seq;
    if (event === 'new-message') this.heard.push(data);
  }

  pump() {
    while (this.ready && this.open.size < this.window && this.next < this.count) this.send(this.next++);
  }

  send(n) {
    this.open.add(n);
    const argument = { roomId: this.room.id, content: `${this.person.user.name}/${n}`, clientId: this.clientIds[n] };
    this.socket.emit('send-message', argument, async (answer) => {
      if (!answer.ok) {
        this.refusals.push(answer.error);
        await sleep(200);
        if (this.ready) this.send(n);
        return;
      }
      if (this.acknowledged.has(n)) this.faults.push(`${n} was acknowledged twice`);
      this.acknowledged.set(n, answer.data.message);
      this.open.delete(n);
      if (this.acknowledged.size === this.count) return this.finish();
      if (this.pause) await sleep(this.pause);
      this.pump();
    });
  }

  close() {
    this.socket.close();
  }
}

async function historyOf(person, room) {
  const pages = [];
  let cursor;
  do {
    const page = await person.api.get(`/rooms/${room.id}/messages?limit=100${cursor ? `&before=${cursor}` : ''}`);
    pages.unshift(page.items);
    cursor = page.nextCursor;
  } while (cursor);
  return pages.flat();
}

/** People in rooms, `each` in one. */
async function fill(server, rooms, each) {
  const out = [];
  for (let r = 0; r < rooms; ++r) {
    const people = await Promise.all(Array.from({ length: each }, (_, i) => register(server, `P${r}x${i}`)));
    const memberIds = people.slice(1).map((person) => person.user.id);
    const room = await people[0].api.post('/rooms', { name: `Room ${r}`, type: 'group', visibility: 'private', memberIds });
    out.push({ room, people });
  }
  return out;
}

/** Everything that was acknowledged is in the history once, as it was acknowledged; `ordered`: in the order of sending. */
async function checkRoom(person, room, talkers, { ordered = true } = {}) {
  const history = await historyOf(person, room);
  const seqs = history.map((message) => message.seq);
  assert.deepEqual(seqs, [...new Set(seqs)].sort((a, b) => a - b), 'numbers rise without doubles');
  const byContent = new Map();
  for (const message of history) {
    assert.ok(!byContent.has(message.content), `${message.content} is there twice`);
    byContent.set(message.content, message);
  }
  for (const talker of talkers) {
    assert.deepEqual(talker.faults, []);
    for (const [n, message] of talker.acknowledged) {
      const found = byContent.get(`${talker.person.user.name}/${n}`);
      assert.ok(found, `${talker.person.user.name}/${n} was acknowledged and is lost`);
      assert.equal(found.id, message.id);
      assert.equal(found.seq, message.seq);
    }
    if (!ordered) continue;
    const own = history.filter((message) => message.senderId === talker.person.user.id);
    assert.deepEqual(own.map((message) => Number(message.content.split('/')[1])), Array.from({ length: talker.count }, (_, n) => n));
  }
  return history;
}

const kSenders = 50;
const kSends = 10_000;
const kRooms = 5;

for (const engine of ['SQLite', 'PostgreSQL']) {
  test(`SIGKILL in the middle of ${kSends} sends of ${kSenders} clients loses and doubles nothing (${engine})`, async (t) => {
    const url = engine === 'SQLite' ? {} : { 'database.url': await cluster.database('killed') };
    const server = await startServer({ settings: { 'auth.password_cost': 'minimal', ...url } });
    t.after(() => server.end());
    const places = await fill(server, kRooms, kSenders / kRooms);
    const talkers = places.flatMap(({ room, people }) =>
      people.map((person) => new Talker(server, person, room, { count: kSends / kSenders })),
    );
    t.after(() => talkers.forEach((talker) => talker.close()));
    const acknowledged = () => talkers.reduce((sum, talker) => sum + talker.acknowledged.size, 0);
    const begun = performance.now();
    const finished = Promise.all(talkers.map((talker) => talker.start()));
    const cuts = [];
    for (const at of [0.3, 0.65]) {
      await waitFor('the middle', () => acknowledged() >= at * kSends, 200_000);
      const unanswered = talkers.reduce((sum, talker) => sum + talker.open.size, 0);
      await server.restart('SIGKILL');
      cuts.push(`${acknowledged()} acknowledged, ${unanswered} not`);
    }
    await finished;
    t.diagnostic(`killed at ${cuts.join(' and at ')}; ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    for (const [r, { room, people }] of places.entries()) {
      const own = talkers.slice((r * kSenders) / kRooms, ((r + 1) * kSenders) / kRooms);
      const history = await checkRoom(people[0], room, own);
      assert.equal(history.length, kSends / kRooms);
      // Each of them heard all of it, in that order, live or afterwards.
      for (const talker of own) {
        await waitFor('the last message', () => talker.lastSeq >= history.at(-1).seq);
        assert.equal(talker.connections, 3);
        const first = history.findIndex((message) => message.seq === talker.heard[0].seq);
        assert.deepEqual(talker.heard.map((message) => message.id), history.slice(first).map((message) => message.id));
        assert.ok(first < kSenders, 'hearing began late');
      }
    }
  });
}

test('a database that is away for 10 s: sends wait or are refused by a code, nothing is lost or doubled', async (t) => {
  const settings = { 'auth.password_cost': 'minimal', 'database.url': await cluster.database('away'), 'database.unavailable_after': '4s' };
  const server = await startServer({ settings });
  t.after(() => server.end());
  const [{ room, people }] = await fill(server, 1, 10);
  const talkers = people.map((person) => new Talker(server, person, room, { count: 200, window: 4, pause: 150 }));
  t.after(() => talkers.forEach((talker) => talker.close()));
  const ready = async () => (await fetch(`${server.url}/readyz`)).status;
  const finished = Promise.all(talkers.map((talker) => talker.start()));
  await waitFor('some messages', () => talkers.every((talker) => talker.acknowledged.size >= 5), 60_000);
  await cluster.stop();
  const gone = performance.now();
  await waitFor('readiness to fall', async () => (await ready()) === 503, 5_000);
  const fell = performance.now() - gone;
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  await sleep(10_000 - (performance.now() - gone));
  assert.equal(await ready(), 503);
  await cluster.start();
  const back = performance.now();
  await waitFor('readiness', async () => (await ready()) === 200, 10_000);
  const rose = performance.now() - back;
  await finished;
  const refusals = talkers.flatMap((talker) => talker.refusals);
  t.diagnostic(`${refusals.length} refusals; readiness fell after ${fell.toFixed(0)} ms, came back after ${rose.toFixed(0)} ms`);
  assert.ok(refusals.length > 0, 'those that waited for 4 s are told');
  for (const { code, message } of refusals) {
    assert.equal(code, 'unavailable');
    assert.match(message, /database/);
  }
  const history = await checkRoom(people[0], room, talkers, { ordered: false });
  assert.equal(history.length, talkers.length * 200);
  for (const talker of talkers) {
    await waitFor('the last message', () => talker.lastSeq >= history.at(-1).seq);
    assert.equal(talker.connections, 1, 'sockets outlive the database');
    assert.deepEqual(talker.heard.map((message) => message.id), history.slice(-talker.heard.length).map((message) => message.id));
  }
});

/** What a webhook receiver got, and how slow it is: `{ url, events, end() }`. */
async function receiver() {
  const events = [];
  const listening = http.createServer((request, response) => {
    const pieces = [];
    request.on('data', (piece) => pieces.push(piece));
    request.on('end', () => {
      events.push(JSON.parse(Buffer.concat(pieces)));
      setTimeout(() => response.end(), 2);
    });
  });
  await new Promise((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const end = () => {
    listening.close();
    listening.closeAllConnections?.();
  };
  return { url: `http://127.0.0.1:${listening.address().port}/hook`, events, end };
}

test('SIGKILL loses no webhook of what was acknowledged', async (t) => {
  const hook = await receiver();
  t.after(() => hook.end());
  const server = await startServer({ settings: { 'auth.password_cost': 'minimal', 'webhooks.urls': hook.url } });
  t.after(() => server.end());
  const [{ room, people }] = await fill(server, 1, 5);
  const talkers = people.map((person) => new Talker(server, person, room, { count: 60 }));
  t.after(() => talkers.forEach((talker) => talker.close()));
  const acknowledged = () => talkers.flatMap((talker) => [...talker.acknowledged.values()]);
  const finished = Promise.all(talkers.map((talker) => talker.start()));
  for (const at of [60, 150, 240]) {
    await waitFor('some messages', () => acknowledged().length >= at, 60_000);
    await server.restart('SIGKILL');
  }
  await finished;
  const told = () => new Set(hook.events.filter(({ event }) => event === 'message.created').map(({ message }) => message.id));
  await waitFor('all webhooks', () => acknowledged().every(({ id }) => told().has(id)), 60_000);
  assert.equal(told().size, talkers.length * 60, 'of nothing that did not happen');
  // In the order of the events, but for what was sent again after a kill.
  const once = hook.events.filter(({ id, event }, i) => event === 'message.created' && hook.events.findIndex((one) => one.id === id) === i);
  assert.deepEqual(once.map(({ message }) => message.seq), once.map(({ message }) => message.seq).sort((x, y) => x - y));
  assert.equal(once.length, talkers.length * 60, 'each event has one id');
});

/** Sends until one is refused; what was acknowledged. Throws where none is. */
async function sendUntilRefused(client, room, sent) {
  for (let i = 0; i < 3_000; ++i) {
    const answer = await client.ask('send-message', {
      roomId: room.id,
      content: `${i} ${'x'.repeat(8_000)}`,
      clientId: randomUUID(),
    });
    if (!answer.ok) return answer.error;
    sent.push(answer.data.message);
  }
  throw new Error('the disk never became full');
}

async function fullDisk(t, { server, fill: makeFull, empty }) {
  const ann = await register(server, 'Ann');
  const room = await ann.api.post('/rooms', { name: 'Full', type: 'group', visibility: 'private' });
  const client = await Client.open(server, ann);
  t.after(() => client.close());
  const sent = [];
  for (let i = 0; i < 20; ++i) {
    sent.push((await client.do('send-message', { roomId: room.id, content: `before ${i}`, clientId: randomUUID() })).message);
  }
  const { pid } = server.program;
  await makeFull();
  const refusal = await sendUntilRefused(client, room, sent);
  assert.equal(refusal.code, 'unavailable');
  assert.match(refusal.message, /disk is full/);
  const clientId = randomUUID();
  const refused = await client.refused('send-message', { roomId: room.id, content: 'y'.repeat(16_000), clientId });
  assert.equal(refused.code, 'unavailable');
  await assert.rejects(
    upload(server, ann, noise(24 << 20), { metadata: { filename: 'large.bin', roomId: room.id }, retryDelays: [] }),
    (error) => {
      const status = error.originalResponse?.getStatus();
      assert.ok(status === 507 || status === 503, `${status}: ${error.message}`);
      assert.match(error.originalResponse.getBody(), /disk|space|room/i);
      return true;
    },
  );
  // It lives, and what is there can be read.
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  assert.equal((await ann.api.get(`/rooms/${room.id}/messages?limit=5`)).items.at(-1).id, sent.at(-1).id);
  assert.match(server.program.output, /disk is full|disk I\/O error/);
  await empty();
  const again = await waitFor('room', async () => {
    const answer = await client.ask('send-message', { roomId: room.id, content: 'y'.repeat(16_000), clientId });
    return answer.ok && answer.data.message;
  });
  sent.push(again);
  const bytes = noise(1 << 20);
  const { fileId } = await upload(server, ann, bytes, { metadata: { filename: 'small.bin', roomId: room.id } });
  assert.equal((await ann.api.get(`/files/${fileId}`)).sha256, sha256(bytes));
  assert.equal(server.program.pid, pid);
  await server.restart('SIGKILL');
  const history = await historyOf(ann, room);
  assert.deepEqual(history.filter((message) => message.type === 'text').map((message) => message.id), sent.map((message) => message.id));
  t.diagnostic(`${sent.length} messages acknowledged, all there`);
}

test('a full disk is told as such, loses nothing, and the server goes on when there is room', async (t) => {
  const disk = await smallDisk(48);
  if (!disk) return t.skip('only root can make a small disk');
  t.after(() => disk.end());
  const server = await startServer({ folder: disk.folder, settings: { 'auth.password_cost': 'minimal' } });
  t.after(() => server.end());
  await fullDisk(t, { server, fill: disk.fill, empty: disk.empty });
});

test('files that may not grow are met like a full disk', async (t) => {
  const server = await startServer({ settings: { 'auth.password_cost': 'minimal' } });
  t.after(() => server.end());
  await fullDisk(t, {
    server,
    fill: () => limitFiles(server.program.pid, 1 << 20),
    empty: () => limitFiles(server.program.pid, undefined),
  });
});

test('a clock that jumps, while the server runs and between runs, breaks neither order nor tokens nor typing', async (t) => {
  const clock = await falseClock();
  if (!clock) return t.skip('libfaketime is not installed');
  t.after(() => clock.end());
  const server = await startServer({ env: clock.env, settings: { 'auth.password_cost': 'minimal' } });
  t.after(() => server.end());
  const [{ room, people }] = await fill(server, 1, 2);
  const [ann, ben] = people;
  const sent = [];
  let open = [];
  const connect = async () => {
    for (const client of open) client.close();
    open = [await Client.open(server, ann), await Client.open(server, ben)];
    for (const client of open) await client.do('join-room', room.id);
    return open;
  };
  t.after(() => open.forEach((client) => client.close()));
  const renew = async (person) => {
    const session = await server.api().post('/auth/refresh', { refreshToken: person.refreshToken });
    Object.assign(person, session, { api: server.api(session.accessToken) });
  };

  const talk = async (what) => {
    const [a, b] = open;
    for (const i of [0, 1, 2]) {
      sent.push((await a.do('send-message', { roomId: room.id, content: `${what} ${i}`, clientId: randomUUID() })).message);
    }
    await b.got('new-message', (message) => message.id === sent.at(-1).id);
    // Typing begins, and ends by itself.
    const typed = b.of('user-typing').length;
    const stopped = b.of('user-stop-typing').length;
    await a.do('typing', { roomId: room.id });
    await waitFor('typing', () => b.of('user-typing').length > typed);
    const begun = performance.now();
    await waitFor('the end of typing', () => b.of('user-stop-typing').length > stopped, 15_000);
    const took = performance.now() - begun;
    assert.ok(took > 3_000 && took < 12_000, `typing ended after ${took} ms`);
    // Pages in both directions hold every message once, in the order of sending.
    const back = [];
    for (let cursor; ; ) {
      const page = await ben.api.get(`/rooms/${room.id}/messages?limit=2${cursor ? `&before=${cursor}` : ''}`);
      back.unshift(...page.items);
      if (!(cursor = page.nextCursor)) break;
    }
    assert.deepEqual(back.map((message) => message.id), sent.map((message) => message.id));
    const on = await ben.api.get(`/rooms/${room.id}/messages?limit=2&after=${sent[0].seq}`);
    assert.deepEqual(on.items.map((message) => message.id), sent.slice(1, 3).map((message) => message.id));
    // Tokens: those at hand, and new ones for media.
    await renew(ben);
    assert.equal((await ben.api.get('/me')).id, ben.user.id);
    const { call, media } = await a.do('start-call', { roomId: room.id, type: 'audio', ring: false });
    assert.equal((await fetch(`${server.url}/rtc/validate?access_token=${media.token}`)).status, 200);
    await a.do('end-call', { callId: call.id, forAll: true });
    const found = (await ann.api.get('/calls')).items.find((each) => each.id === call.id);
    assert.ok(found.duration >= 0 && found.duration < 30, `a call of ${found.duration} s`);
  };

  await connect();
  await talk('on time');
  for (const offset of [3600, -7200]) {
    await clock.set(offset);
    await talk(`${offset} s`);
  }
  // Those who were given a token while the clock was ahead keep it when it is set back, and the other way round.
  await clock.set(86_400);
  await server.restart('SIGTERM');
  await Promise.all([ann, ben].map(renew));
  await connect();
  await talk('restarted a day ahead');
  await clock.set(-3600);
  await server.restart('SIGTERM');
  await connect();
  await talk('restarted an hour behind');
});
