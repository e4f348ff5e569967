// `parley admin` beside a running server, and on its own.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

import { io } from 'socket.io-client';

import { kBinaries, startServer } from './lib/server.mjs';

const kProgram = process.env.PARLEY_BIN ?? path.join(kBinaries, 'parley');
const kSettings = { 'auth.password_cost': 'minimal' };
let server;
let folder;

/** Runs `parley admin …` on the data in a folder. Resolves with what it printed; rejects when it fails. */
async function admin(home, ...args) {
  const settings = { ...kSettings, data_dir: home };
  const flags = Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const { stdout } = await promisify(execFile)(kProgram, ['admin', '--dev', ...flags, ...args]);
  return stdout;
}

/** "name\tvalue" lines as an object. */
const table = (text) => Object.fromEntries(text.trim().split('\n').map((line) => line.split('\t')));

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

test('a backup taken while people write restores to a server with what was there', async () => {
  const login = { email: 'writer@x.example', password: 'a good password', name: 'Writer' };
  const writer = await server.api().post('/auth/register', login);
  const room = await server.api(writer.accessToken).post('/rooms', { name: 'Backed up', type: 'group', visibility: 'private' });
  const socket = io(server.url, { auth: { token: writer.accessToken } });
  await new Promise((resolve) => socket.once('connect', resolve));
  let sent = 0;
  const send = async () => {
    const answer = await socket.emitWithAck('send-message', { roomId: room.id, content: `message ${sent}`, clientId: `c${sent}` });
    assert.equal(answer.ok, true);
    ++sent;
  };
  for (let i = 0; i < 50; ++i) await send();
  const before_backup = sent;
  let done = false;
  const backup = admin(server.folder, 'backup', path.join(folder, 'backup')).finally(() => (done = true));
  while (!done) await send();
  await backup;
  const after_backup = sent;
  socket.close();

  const restored = path.join(folder, 'restored');
  await admin(restored, 'restore', path.join(folder, 'backup'));
  const second = await startServer({ settings: kSettings, folder: restored });
  try {
    const session = await second.api().post('/auth/login', login);
    const contents = [];
    for (let cursor = ''; cursor !== null; ) {
      const page = await second.api(session.accessToken).get(`/rooms/${room.id}/messages?limit=200${cursor && `&before=${cursor}`}`);
      contents.unshift(...page.items.map((message) => message.content));
      cursor = page.nextCursor;
    }
    assert.ok(contents.length >= before_backup && contents.length <= after_backup, `${contents.length} of ${sent}`);
    assert.deepEqual(contents, contents.map((_, i) => `message ${i}`), 'each once, in order');
  } finally {
    await second.end();
  }
});
