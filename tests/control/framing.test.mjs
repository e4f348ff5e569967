// The framing alone: unmodified socket.io-clients and bare requests against the echo server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { io } from 'socket.io-client';
import { WebSocket } from 'ws';

import { waitFor } from './lib/server.mjs';
import { startEcho } from './lib/wire.mjs';

let echo;
let url;

before(async () => {
  echo = await startEcho();
  url = echo.url;
});
after(() => echo?.end());

const transports = { polling: ['polling'], websocket: ['websocket'], upgrade: ['polling', 'websocket'] };
const once = (socket, event) => new Promise((resolve) => socket.once(event, (...args) => resolve(args)));

for (const [name, list] of Object.entries(transports)) {
  test(`${name}: events, acknowledgements, binary data and namespaces`, async () => {
    const socket = io(url, { transports: list, auth: { token: '123' }, forceNew: true });
    assert.deepEqual(await once(socket, 'auth'), [{ token: '123' }]);
    socket.emit('message', 1, '2', { 3: [true] }, 'Grüße 👋');
    assert.deepEqual(await once(socket, 'message-back'), [1, '2', { 3: [true] }, 'Grüße 👋']);

    const bytes = Buffer.from([0, 1, 2, 0x1e, 255]);
    socket.emit('message', { deep: [bytes] }, bytes);
    const [{ deep }, second] = await once(socket, 'message-back');
    assert.deepEqual(Buffer.from(deep[0]), bytes);
    assert.deepEqual(Buffer.from(second), bytes);

    assert.deepEqual(await new Promise((resolve) => socket.emit('message-with-ack', 1, [2], (...args) => resolve(args))), [1, [2]]);
    const [echoed] = await new Promise((resolve) => socket.emit('message-with-ack', bytes, (...args) => resolve(args)));
    assert.deepEqual(Buffer.from(echoed), bytes);

    const large = 'x'.repeat(400_000);
    socket.emit('message', large);
    assert.deepEqual(await once(socket, 'message-back'), [large]);

    const custom = socket.io.socket('/custom', { auth: { other: true } });
    custom.connect();
    assert.deepEqual(await once(custom, 'auth'), [{ other: true }]);
    custom.disconnect();
    socket.emit('message', 'still here');
    assert.deepEqual(await once(socket, 'message-back'), ['still here']);

    const unknown = socket.io.socket('/nowhere');
    unknown.connect();
    assert.equal((await once(unknown, 'connect_error'))[0].message, 'Invalid namespace');
    unknown.disconnect();
    socket.disconnect();
  });
}

test('a connection outlives many heartbeats', async () => {
  const socket = io(url, { transports: ['websocket'], forceNew: true });
  await once(socket, 'connect');
  let pings = 0;
  socket.io.engine.on('ping', () => ++pings);
  await waitFor('pings', () => pings >= 5);
  assert.equal(socket.connected, true);
  socket.disconnect();
});

test('a thousand events keep their order on every transport', async () => {
  for (const list of Object.values(transports)) {
    const socket = io(url, { transports: list, forceNew: true });
    await once(socket, 'connect');
    const back = [];
    socket.on('message-back', (n) => back.push(n));
    for (let i = 0; i < 1000; ++i) socket.emit('message', i);
    await waitFor('all', () => back.length === 1000);
    assert.deepEqual(back, Array.from({ length: 1000 }, (_, i) => i));
    socket.disconnect();
  }
});

test('a page of another origin may poll', async () => {
  const headers = { origin: 'https://elsewhere.example' };
  const open = await fetch(`${url}/socket.io/?EIO=4&transport=polling`, { headers });
  assert.equal(open.headers.get('access-control-allow-origin'), '*');
  const preflight = await fetch(`${url}/socket.io/?EIO=4&transport=polling`, {
    method: 'OPTIONS',
    headers: { ...headers, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
  });
  assert.equal(preflight.status, 204);
  assert.match(preflight.headers.get('access-control-allow-methods'), /POST/);
  assert.equal(preflight.headers.get('access-control-allow-headers'), 'content-type');
});

test('what breaks the framing closes the connection and nothing else', async () => {
  for (const frame of ['abc', '4abc', '42{}', '42abc["x"]', '451-["x"]\u0000', '2probe']) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    await new Promise((resolve) => socket.once('message', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.send('40');
    socket.send(frame);
    await closed;
  }
  assert.equal((await fetch(`${url}/socket.io/?EIO=4&transport=polling`)).status, 200);
});
