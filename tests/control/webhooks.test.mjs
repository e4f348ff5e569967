// Webhooks at a real receiver: each kind that the page lists arrives signed, what fails is repeated, what fails too often
// waits for an administrator.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, afterEach, before, test } from 'node:test';

import { WebSocket } from 'ws';

import { openCall } from './lib/call-page.mjs';
import { upload } from './lib/files.mjs';
import { startReceiver } from './lib/receiver.mjs';
import { register, startServer, waitFor } from './lib/server.mjs';

const kPage = new URL('../../docs/webhooks.md', import.meta.url);
const kDead = '/admin/webhooks/dead-letters';

let hook;
let server;
let ann; // the first account: administrator
let ben;
let room;

before(async () => {
  hook = await startReceiver();
  const settings = { 'webhooks.urls': hook.url, 'webhooks.max_attempts': 2, 'auth.password_cost': 'minimal' };
  server = await startServer({ settings });
  ann = await register(server, 'Ann');
  ben = await register(server, 'Ben');
  room = await ann.api.post('/rooms', { name: 'Mill', type: 'group', visibility: 'private' });
});
after(async () => {
  await server?.end();
  hook?.end();
});
afterEach(() => {
  hook.status = () => 200;
  assert.deepEqual(hook.faults, []);
});

const got = (name, fits = () => true) =>
  waitFor(name, () => hook.got.find((each) => each.event === name && fits(each)), 60_000);
const timesOf = (content) => hook.got.filter(({ message }) => message?.content === content).length;
const say = (content) => ann.api.post(`/rooms/${room.id}/messages`, { content });

/** The events that the page promises. A name that begins with a dot continues the one before. */
async function promised() {
  const text = (await readFile(kPage, 'utf8')).split('## Events')[1].split('## ')[0];
  const cells = text.split('\n').filter((line) => line.startsWith('| `')).map((line) => line.split('|')[1]);
  const names = [];
  for (const [, name] of cells.join(' ').matchAll(/`([\w.]+)`/g)) {
    names.push(name.startsWith('.') ? names.at(-1).split('.')[0] + name : name);
  }
  return names.sort();
}

test('accounts, rooms, members and messages are told of', async () => {
  await got('user.created', ({ user }) => user.id === ben.user.id);
  const made = await got('room.created', (each) => each.room.id === room.id);
  assert.equal(made.room.name, 'Mill');
  assert.match(made.id, /^EV_/);
  assert.ok(Math.abs(Number(made.createdAt) - Date.now() / 1000) < 60);
  const at = `/rooms/${room.id}`;
  await ann.api.post(`${at}/members`, { userId: ben.user.id, role: 'member' });
  await got('member.added', ({ member }) => member.userId === ben.user.id);
  const message = await say('flour');
  const told = await got('message.created', (each) => each.message.id === message.id);
  assert.deepEqual([told.message.content, told.message.seq], ['flour', message.seq]);
  await ann.api.patch(`${at}/messages/${message.id}`, { content: 'fine flour' });
  await got('message.updated', (each) => each.message.content === 'fine flour');
  await ann.api.delete(`${at}/messages/${message.id}`);
  await got('message.deleted');
  await ann.api.patch(at, { topic: 'grain' });
  await got('room.updated', (each) => each.room.topic === 'grain');
  await ann.api.delete(`${at}/members/${ben.user.id}`);
  await got('member.removed', (each) => JSON.stringify(each).includes(ben.user.id));
  const shed = await ann.api.post('/rooms', { name: 'Shed', type: 'group', visibility: 'private' });
  await ann.api.delete(`/rooms/${shed.id}`);
  await got('room.deleted', (each) => each.room.id === shed.id);
});

test('files are told of', async () => {
  const { fileId } = await upload(server, ann, Buffer.from('rye'), { metadata: { filename: 'rye.txt', roomId: room.id } });
  const made = await got('file.created', ({ file }) => file.id === fileId);
  assert.equal(made.file.name, 'rye.txt');
  await ann.api.patch(`/files/${fileId}`, { name: 'oats.txt' });
  await got('file.updated', ({ file }) => file.name === 'oats.txt');
  await ann.api.delete(`/files/${fileId}`);
  await got('file.deleted');
});

/** Joins the media room and goes before there is any media. */
async function joinInVain(token) {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/rtc?access_token=${token}&protocol=15`);
  await new Promise((resolve, reject) => {
    socket.once('message', resolve);
    socket.once('error', reject);
  });
  socket.send(Buffer.from([(8 << 3) | 2, 0])); // SignalRequest.leave
  await new Promise((resolve) => socket.once('close', resolve));
}

test('a call is told of, and its media room', async () => {
  const { call, media } = await ann.api.post(`/rooms/${room.id}/call`, { type: 'video' }, { status: 200 });
  await got('call.started', (each) => each.call.id === call.id);
  await joinInVain(media.token);
  await got('participant_connection_aborted', ({ participant }) => participant.identity === ann.user.id);
  const inside = await openCall(room, [ann]);
  try {
    const joined = await got('participant_joined', ({ participant }) => participant.identity === ann.user.id);
    assert.deepEqual([joined.room.name, joined.participant.state], [room.id, 'ACTIVE']);
    await got('track_published', ({ track }) => track.type === 'VIDEO');
    await ann.api.patch(`/calls/${call.id}`, { locked: true });
    await got('call.updated', (each) => each.call.locked);
    await ann.api.post(`/calls/${call.id}/end`, { forAll: true });
    await got('call.ended', (each) => each.call.id === call.id);
    for (const name of ['track_unpublished', 'participant_left', 'room_finished']) await got(name);
    const order = hook.got.map(({ event }) => event).filter((name) => /^(room|participant|track)_/.test(name));
    assert.equal(order[0], 'room_started');
    assert.equal(order.at(-1), 'room_finished');
  } finally {
    await inside.end();
  }
});

test('every kind of event that the page lists has arrived, and no other', async () => {
  assert.deepEqual([...new Set(hook.got.map(({ event }) => event))].sort(), await promised());
});

test('what is answered with 500 comes again, before what came after it', async () => {
  let refused = 0;
  hook.status = ({ message }) => (message?.content === 'once more' && refused++ === 0 ? 500 : 200);
  const from = hook.got.length;
  await say('once more');
  await say('afterwards');
  await got('message.created', ({ message }) => message.content === 'afterwards');
  const since = hook.got.slice(from);
  assert.deepEqual(since.map(({ message }) => message.content), ['once more', 'once more', 'afterwards']);
  assert.equal(since[0].id, since[1].id, 'told apart from a second event by its id');
});

const deadLetters = async () => (await ann.api.get(kDead)).items;

/** A message whose webhook has become a dead letter. */
async function deadLetter(content) {
  hook.status = ({ message }) => (message?.content === content ? 500 : 200);
  await say(content);
  const [letter] = await waitFor('a dead letter', async () => {
    const items = await deadLetters();
    return items.length > 0 && items;
  });
  assert.equal(letter.event, 'message.created');
  assert.equal(JSON.parse(letter.body).message.content, content);
  assert.deepEqual([letter.url, letter.attempts], [hook.url, 2]);
  assert.match(letter.lastError, /500/);
  assert.equal(timesOf(content), 2);
  hook.status = () => 200;
  return letter;
}

test('what fails too often is a dead letter, which an administrator has tried again', async () => {
  const letter = await deadLetter('poison');
  await ben.api.get(kDead, { status: 403 });
  await ben.api.post(`${kDead}/${letter.id}/retry`, undefined, { status: 403 });
  await ann.api.post(`${kDead}/${letter.id}/retry`, undefined, { status: 204 });
  await waitFor('the letter', () => timesOf('poison') === 3);
  await waitFor('an empty list', async () => (await deadLetters()).length === 0);
  await ann.api.post(`${kDead}/${letter.id}/retry`, undefined, { status: 404 });
});

test('a dead letter that is dropped never comes again', async () => {
  const letter = await deadLetter('venom');
  await ben.api.delete(`${kDead}/${letter.id}`, { status: 403 });
  await ann.api.delete(`${kDead}/${letter.id}`, { status: 204 });
  assert.deepEqual(await deadLetters(), []);
  await ann.api.delete(`${kDead}/${letter.id}`, { status: 404 });
  await server.restart('SIGTERM');
  await say('the next one');
  await got('message.created', ({ message }) => message.content === 'the next one');
  assert.equal(timesOf('venom'), 2);
});
