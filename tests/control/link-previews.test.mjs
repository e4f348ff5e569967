// Previews of links, of a web server of the house: what messages show of it, and what the server does not fetch.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { png } from './lib/files.mjs';
import { register, startServer, waitFor } from './lib/server.mjs';
import { startSite } from './lib/site.mjs';

const kPage = `<!doctype html><meta charset=utf-8><title>Plain</title>
  <meta property="og:title" content="Tides of the week"><meta property="og:site_name" content="Harbour office">
  <meta property="og:description" content="High water at nine"><meta property="og:image" content="/chart.png">`;

let house;
let asked;
let url;
let server;
let ann;
let ben;
let room;

before(async () => {
  const picture = await png(400, 300);
  house = await startSite((path) =>
    path.startsWith('/tides') ? { type: 'text/html; charset=utf-8', body: kPage } : { type: 'image/png', body: picture },
  );
  url = house.url;
  asked = house.asked;
  server = await startServer({
    settings: { 'auth.password_cost': 'minimal', 'chat.link_preview_networks': '127.0.0.1' },
  });
  ann = await register(server, 'Ann');
  ben = await register(server, 'Ben');
  room = await ann.api.post('/rooms', { name: 'Quay', type: 'group', visibility: 'private', memberIds: [ben.user.id] });
});
after(async () => {
  await server?.end();
  house?.end();
});

const say = (content) => ann.api.post(`/rooms/${room.id}/messages`, { content });
const read = (message) => ben.api.get(`/rooms/${room.id}/messages/${message.id}`);
const shown = (message) =>
  waitFor('a preview', async () => {
    const { preview } = await read(message);
    if (preview) return preview;
    throw new Error('none yet');
  });

test('a message shows the page that its link leads to, and everybody hears of it', async () => {
  const message = await say(`Look: ${url('/tides')}, for the week`);
  assert.equal(message.preview, null);
  const { image, ...words } = await shown(message);
  assert.deepEqual(words, { url: url('/tides'), title: 'Tides of the week', site: 'Harbour office', description: 'High water at nine' });
  const [head, bytes] = image.split(',');
  assert.equal(head, 'data:image/webp;base64');
  const webp = Buffer.from(bytes, 'base64');
  assert.deepEqual([webp.toString('latin1', 0, 4), webp.toString('latin1', 8, 12)], ['RIFF', 'WEBP']);
  assert.ok(webp.length < 12_288);
  assert.match(asked[0].agent, /Parley/);
  assert.equal((await read(message)).editedAt, null);
});

test('a page that is known is not asked for again', async () => {
  const before = asked.length;
  await shown(await say(url('/tides')));
  assert.equal(asked.length, before);
});

test('the author takes it away for good; others may not', async () => {
  const message = await say(`again ${url('/tides')}`);
  await shown(message);
  const path = `/rooms/${room.id}/messages/${message.id}/preview`;
  await ben.api.delete(path, { status: 403 });
  assert.equal((await ann.api.delete(path)).preview, null);
  await ann.api.patch(`/rooms/${room.id}/messages/${message.id}`, { content: `edited ${url('/tides')}` });
  // What comes after it has one; so this one will have none.
  await shown(await say(url('/tides-later')));
  assert.equal((await read(message)).preview, null);
});

test('neither encrypted rooms nor addresses of this machine that nobody allowed are fetched', async () => {
  const sealed = await ann.api.post('/rooms', { name: 'Vault', type: 'group', visibility: 'private', e2ee: true });
  const paths = () => asked.map(({ path }) => path);
  await ann.api.post(`/rooms/${sealed.id}/messages`, { content: url('/tides-sealed') });
  const inwards = await say(url('/tides-inwards', '127.0.0.2'));
  await shown(await say(url('/tides-last')));
  assert.equal((await read(inwards)).preview, null);
  assert.ok(!paths().includes('/tides-sealed') && !paths().includes('/tides-inwards'), paths().join(' '));
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  assert.match(metrics, /^parley_link_previews_made_total [1-9]/m);
});
