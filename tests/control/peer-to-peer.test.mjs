// Two browser pages that call each other with simple-peer: no media of ours, only `call-signal` to carry what they say.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launchChromium } from '../interop/lib/browser.mjs';
import { serveLibraries } from './lib/libraries.mjs';
import { register, startServer, waitFor } from './lib/server.mjs';

const kPage = '<video autoplay muted></video>';

/** Runs in the page: connects, and has `phone` call, answer and remember. */
function preparePhone({ url, token }) {
  const socket = window.io(url, { auth: { token } });
  const phone = { rang: [], signals: [], refused: [], texts: [], state: 'idle' };
  const early = [];
  const picture = () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 });
    const brush = canvas.getContext('2d');
    setInterval(() => {
      brush.fillStyle = `hsl(${performance.now() % 360} 80% 50%)`;
      brush.fillRect(0, 0, 64, 48);
    }, 50);
    return canvas.captureStream(20);
  };
  const open = (to, initiator) => {
    const peer = new window.SimplePeer({ initiator, stream: picture() });
    peer.on('signal', async (signal) => {
      const answer = await socket.emitWithAck('call-signal', { to, signal });
      if (!answer.ok) phone.refused.push(answer.error);
    });
    peer.on('connect', () => (phone.state = 'connected'));
    peer.on('close', () => (phone.state = 'closed'));
    peer.on('error', (error) => phone.refused.push(String(error)));
    peer.on('data', (data) => phone.texts.push(new TextDecoder().decode(data)));
    peer.on('stream', (stream) => (document.querySelector('video').srcObject = stream));
    phone.peer = peer;
  };
  phone.call = (to) => open(to, true);
  phone.hangUp = () => phone.peer.destroy();
  phone.say = (text) => phone.peer.send(text);
  phone.frames = () => document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames;
  socket.on('incoming-call', ({ from, signal }) => {
    phone.rang.push({ from, type: signal.type });
    open(from, false);
    for (const each of early.splice(0)) phone.peer.signal(each);
  });
  socket.on('call-signal', ({ from, signal }) => {
    phone.signals.push({ from, type: signal.type });
    if (phone.peer) phone.peer.signal(signal);
    else early.push(signal);
  });
  window.phone = phone;
  return new Promise((resolve) => socket.once('connect', resolve));
}

let server;
let site;
let browser;

before(async () => {
  server = await startServer();
  site = await serveLibraries(kPage);
  browser = await launchChromium();
});
after(async () => {
  await browser?.close();
  site?.end();
  await server?.end();
});

async function phoneOf(person) {
  const page = await browser.newPage();
  await page.goto(site.url);
  await page.evaluate(preparePhone, { url: server.url, token: person.accessToken });
  return {
    do: (name, ...args) => page.evaluate(([name, args]) => void window.phone[name](...args), [name, args]),
    frames: () => page.evaluate(() => window.phone.frames()),
    see: () => page.evaluate(() => JSON.parse(JSON.stringify({ ...window.phone, peer: undefined }))),
  };
}

test('two who share a room call each other directly: text and pictures go both ways', async () => {
  const people = [];
  for (const name of ['Ann', 'Ben', 'Eve']) people.push(await register(server, name));
  const [ann, ben, eve] = people;
  await ann.api.post('/rooms', { name: 'Line', type: 'group', visibility: 'private', memberIds: [ben.user.id] });
  const [a, b, e] = await Promise.all(people.map(phoneOf));
  await a.do('call', ben.user.id);
  for (const phone of [a, b]) {
    await waitFor('the connection', async () => (await phone.see()).state === 'connected', 60_000);
    await waitFor('pictures', async () => (await phone.frames()) > 3, 60_000);
  }
  for (const { refused, state } of [await a.see(), await b.see()]) assert.deepEqual([refused, state], [[], 'connected']);
  await a.do('say', 'over to you');
  await b.do('say', 'and back');
  await waitFor('text', async () => (await b.see()).texts[0] === 'over to you');
  await waitFor('text', async () => (await a.see()).texts[0] === 'and back');

  const [caller, callee] = [await a.see(), await b.see()];
  assert.deepEqual(callee.rang, [{ from: ann.user.id, type: 'offer' }], 'it rings once, whatever else follows');
  assert.deepEqual(caller.rang, []);
  assert.ok(caller.signals.some(({ type }) => type === 'answer') && caller.signals.some(({ type }) => type === 'candidate'));
  assert.ok(caller.signals.every(({ from }) => from === ben.user.id));
  assert.deepEqual([...caller.refused, ...callee.refused], []);

  await e.do('call', ben.user.id);
  const refusal = await waitFor('the refusal', async () => (await e.see()).refused[0]);
  assert.equal(refusal.code, 'not-found');
  await a.do('hangUp');
  await waitFor('the end', async () => (await b.see()).state === 'closed');
  const { rang, signals } = await b.see();
  assert.ok([...rang, ...signals].every(({ from }) => from === ann.user.id), 'nothing of a stranger arrives');
});
