// `parley admin` beside a running server, and on its own.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

import { Client } from './lib/events.mjs';
import { startPostgres } from './lib/faults.mjs';
import { noise, sha256, upload } from './lib/files.mjs';
import { startReceiver } from './lib/receiver.mjs';
import { kBinaries, register, startServer, waitFor } from './lib/server.mjs';

const kProgram = process.env.PARLEY_BIN ?? path.join(kBinaries, 'parley');
const kSettings = { 'auth.password_cost': 'minimal' };
let server;
let folder;

/** Runs `parley admin …` on the data in a folder. Resolves with what it printed; rejects when it fails. */
async function admin(home, ...args) {
  return adminWith({ data_dir: home }, ...args);
}

async function adminWith(settings, ...args) {
  const flags = Object.entries({ ...kSettings, ...settings }).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const { stdout } = await promisify(execFile)(kProgram, ['admin', '--dev', ...flags, ...args]);
  return stdout;
}

/** "name\tvalue" lines as an object. */
const table = (text) => Object.fromEntries(rowsOf(text));
const rowsOf = (text) => text.trim().split('\n').map((line) => line.split('\t'));
const newRoom = (owner, name, memberIds = []) =>
  owner.api.post('/rooms', { name, type: 'group', visibility: 'private', memberIds });

before(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'parley-admin-'));
  server = await startServer({ settings: kSettings });
});
after(async () => {
  await server.end();
  await rm(folder, { recursive: true, force: true });
});

test('an account made at the command line logs in, and is an administrator', async () => {
  const made = table(await admin(server.folder, 'create-user', '--email', 'ops@x.example', '--name', 'Ops', '--admin'));
  const session = await server.api().post('/auth/login', { email: 'ops@x.example', password: made.password });
  assert.equal(session.user.role, 'admin');
  assert.match(await admin(server.folder, 'list-users'), /ops@x\.example/);
});

test('a password that was reset lets nobody in with the old one', async () => {
  const old = { email: 'reset@x.example', password: 'the old password', name: 'Reset' };
  await server.api().post('/auth/register', old);
  const made = table(await admin(server.folder, 'reset-password', old.email));
  await assert.rejects(server.api().post('/auth/login', old), /401/);
  await server.api().post('/auth/login', { email: old.email, password: made.password });
});

test('a person who is not there is named in the error', async () => {
  await assert.rejects(admin(server.folder, 'reset-password', 'nobody@x.example'), /nobody@x\.example/);
});

test('all rooms are listed', async () => {
  const [ann, ben] = [await register(server, 'Ann'), await register(server, 'Ben')];
  const room = await newRoom(ann, 'Listed', [ben.user.id]);
  const rows = rowsOf(await admin(server.folder, 'list-rooms'));
  assert.deepEqual(rows.find(([id]) => id === room.id), [room.id, 'group', 'private', '2', 'Listed']);
});

test('a person and a room are exported with all that is kept of them, and with nothing of others', async () => {
  const [ann, ben] = [await register(server, 'Ann'), await register(server, 'Ben')];
  const room = await newRoom(ann, 'Exported', [ben.user.id]);
  for (const [who, content] of [[ann, 'by Ann'], [ben, 'by Ben']]) await who.api.post(`/rooms/${room.id}/messages`, { content });
  const { fileId } = await upload(server, ann, Buffer.from('of Ann'), { metadata: { filename: 'ann.txt', roomId: room.id } });

  const text = await admin(server.folder, 'export', 'user', ann.email);
  for (const own of [ann.user.id, ann.email, 'by Ann', fileId, room.id]) assert.ok(text.includes(own), own);
  for (const other of [ben.email, 'by Ben', '$argon2']) assert.ok(!text.includes(other), other);
  const byId = JSON.parse(await admin(server.folder, 'export', 'user', ann.user.id));
  assert.deepEqual({ ...byId, exportedAt: '' }, { ...JSON.parse(text), exportedAt: '' }, 'by id as by address');

  const target = path.join(folder, 'room.json');
  await admin(server.folder, 'export', 'room', room.id, '--output', target);
  const whole = await readFile(target, 'utf8');
  JSON.parse(whole);
  for (const part of [room.id, 'by Ann', 'by Ben', 'ann.txt']) assert.ok(whole.includes(part), part);
  assert.ok(!whole.includes(ann.email) && !whole.includes('$argon2'), 'a room knows no addresses');
  await assert.rejects(admin(server.folder, 'export', 'room', ann.user.id), /room/);
});

test('dead letters are listed, tried again and dropped', async (t) => {
  const hook = await startReceiver();
  t.after(() => hook.end());
  const failing = await startServer({ settings: { ...kSettings, 'webhooks.urls': hook.url, 'webhooks.max_attempts': 1 } });
  t.after(() => failing.end());
  const ann = await register(failing, 'Ann');
  const room = await newRoom(ann, 'Letters');
  const contents = () => hook.got.map(({ message }) => message?.content);
  hook.status = ({ message }) => (message ? 500 : 200);
  const letters = async () => {
    const text = await admin(failing.folder, 'dead-letters', 'list');
    return text === '' ? [] : rowsOf(text);
  };
  for (const content of ['first', 'second']) await ann.api.post(`/rooms/${room.id}/messages`, { content });
  await waitFor('the letters', async () => (await ann.api.get('/admin/webhooks/dead-letters')).items.length === 2);
  const [second, first] = await letters();
  for (const letter of [first, second]) {
    assert.deepEqual(letter.slice(1, 4), ['message.created', '1', hook.url]);
    assert.match(letter[4], /500/);
  }
  hook.status = () => 200;
  assert.equal((await admin(failing.folder, 'dead-letters', 'retry', first[0])).trim(), hook.url);
  await admin(failing.folder, 'dead-letters', 'drop', second[0]);
  assert.deepEqual(await letters(), []);
  await assert.rejects(admin(failing.folder, 'dead-letters', 'drop', second[0]), /parley: /);
  // The running server looks again when it has something to send.
  await ann.api.post(`/rooms/${room.id}/messages`, { content: 'third' });
  await waitFor('the third', () => contents().includes('third'));
  assert.deepEqual(contents().slice(-2), ['first', 'third'], 'a letter keeps its place before later events');
  assert.equal(contents().filter((content) => content === 'second').length, 1);
});

async function historyOf(person, room) {
  const items = [];
  for (let cursor = ''; cursor !== null; ) {
    const page = await person.api.get(`/rooms/${room.id}/messages?limit=200${cursor && `&before=${cursor}`}`);
    items.unshift(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

/** Writes until it is stopped: numbered messages, every tenth with a file. */
function writer(server, person, client, room) {
  const sent = [];
  const files = new Map(); // id → SHA-256
  const write = async () => {
    const fileIds = [];
    if (sent.length % 10 === 0) {
      const bytes = noise(200_000);
      const metadata = { filename: `${sent.length}.bin`, roomId: room.id };
      const { fileId } = await upload(server, person, bytes, { metadata });
      files.set(fileId, sha256(bytes));
      fileIds.push(fileId);
    }
    const argument = { roomId: room.id, content: `message ${sent.length}`, clientId: `c${sent.length}`, fileIds };
    sent.push((await client.do('send-message', argument)).message);
  };
  return { sent, files, write };
}

async function contentHash(server, person, fileId) {
  const headers = { authorization: `Bearer ${person.accessToken}` };
  const response = await fetch(`${server.url}/api/v1/files/${fileId}/content`, { headers });
  assert.equal(response.status, 200, fileId);
  return sha256(Buffer.from(await response.arrayBuffer()));
}

/** The server that was restored holds what the first one held at some moment between the two counts. */
async function checkRestored(t, first, second, { login, room, files, between: [least, most] }) {
  const session = await second.api().post('/auth/login', login);
  const person = { ...session, api: second.api(session.accessToken) };
  const history = await historyOf(person, room);
  assert.ok(history.length >= least && history.length <= most, `${history.length} of ${least} to ${most}`);
  assert.deepEqual(history, (await historyOf(first, room)).slice(0, history.length), 'each as it was');
  const attached = history.flatMap((message) => message.files.map(({ id }) => id));
  assert.ok(attached.length >= least / 10);
  for (const id of attached) assert.equal(await contentHash(second, person, id), files.get(id), 'content as it was');
  const members = (api) => api.get(`/rooms/${room.id}/members`);
  assert.deepEqual((await members(person.api)).items.map(({ userId, role }) => [userId, role]),
    (await members(first.api)).items.map(({ userId, role }) => [userId, role]));
  const found = await person.api.get('/search?q=%22message 7%22');
  assert.deepEqual(found.items.map(({ messageId }) => messageId), [history[7].id]);
  const message = await person.api.post(`/rooms/${room.id}/messages`, { content: 'goes on' });
  assert.ok(message.seq > history.at(-1).seq);
  t.diagnostic(`${history.length} messages and ${attached.length} files, of ${most} messages in the end`);
}

for (const engine of ['SQLite', 'PostgreSQL']) {
  test(`a backup taken while people write restores to a server with what was there, files too (${engine})`, async (t) => {
    const cluster = engine === 'PostgreSQL' ? await startPostgres() : undefined;
    t.after(() => cluster?.end());
    const place = async (name) => (cluster ? { 'database.url': await cluster.database(name) } : {});
    const live = await place('live');
    const source = await startServer({ settings: { ...kSettings, ...live } });
    t.after(() => source.end());
    const login = { email: 'writer@x.example', password: 'a good password', name: 'Writer' };
    const session = await source.api().post('/auth/register', login);
    const person = { ...session, api: source.api(session.accessToken) };
    const reader = await register(source, 'Reader');
    const room = await newRoom(person, 'Backed up', [reader.user.id]);
    const client = await Client.open(source, person);
    t.after(() => client.close());
    const { sent, files, write } = writer(source, person, client, room);
    while (sent.length < 50) await write();
    await reader.api.put(`/rooms/${room.id}/messages/${sent[3].id}/reactions/${encodeURIComponent('🌱')}`);
    const least = sent.length;
    let done = false;
    const backup = path.join(folder, `backup-${engine}`);
    const taken = adminWith({ ...live, data_dir: source.folder }, 'backup', backup).finally(() => (done = true));
    while (!done) await write();
    await taken;

    const restored = path.join(folder, `restored-${engine}`);
    const fresh = await place('restored');
    await adminWith({ ...fresh, data_dir: restored }, 'restore', backup);
    const second = await startServer({ settings: { ...kSettings, ...fresh }, folder: restored });
    t.after(() => second.end());
    await checkRestored(t, person, second, { login, room, files, between: [least, sent.length] });
    await assert.rejects(adminWith({ ...fresh, data_dir: restored }, 'restore', backup), /parley: /, 'not over what is there');
    assert.deepEqual(client.faults, []);
  });
}
