// Engine.IO v4 as its public conformance suite asks for it, alone and below Socket.IO: handshake, heartbeat, closing,
// upgrade, and messages on both transports.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before } from 'node:test';

import { beatTest, Endpoint, kEchoSettings, startEcho } from './lib/wire.mjs';

let echo;
const places = { '/engine.io/': undefined, '/socket.io/': undefined };

before(async () => {
  echo = await startEcho();
  for (const at of Object.keys(places)) places[at] = new Endpoint(echo.url, at);
});
after(() => echo?.end());

function checkHandshake(packet, upgrades) {
  assert.equal(packet[0], '0');
  const { sid, ...rest } = JSON.parse(packet.slice(1));
  assert.ok(typeof sid === 'string' && sid.length > 0);
  assert.deepEqual(rest, { upgrades, ...kEchoSettings });
}

// Queries that open nothing, by what is wrong with them; `transport` is the one they would have had.
const kBadQueries = {
  'without a protocol version': () => ({ EIO: undefined }),
  'of another protocol version': () => ({ EIO: 'abc' }),
  'without a transport': () => ({ transport: undefined }),
  'of an unknown transport': () => ({ transport: 'abc' }),
};

for (const at of Object.keys(places)) {
  const place = () => places[at];

  beatTest(`${at} polling: a session opens with what the client must know`, async () => {
    const { status, text } = await place().request();
    assert.equal(status, 200);
    checkHandshake(text, ['websocket']);
  });

  beatTest(`${at} WebSocket: a session opens, with nothing left to upgrade to`, async () => {
    const wire = place().wire();
    checkHandshake(await wire.next(), []);
    wire.close();
  });

  for (const [what, query] of Object.entries(kBadQueries)) {
    beatTest(`${at} polling: a request ${what} is refused`, async () => {
      assert.equal((await place().request(query())).status, 400);
    });

    beatTest(`${at} WebSocket: a connection ${what} is refused`, async () => {
      assert.equal(await place().wire(query()).refused(), 400);
    });
  }

  beatTest(`${at} polling: nothing but GET opens a session`, async () => {
    for (const method of ['POST', 'PUT']) assert.equal((await place().request({}, { method })).status, 400, method);
  });

  beatTest(`${at} polling: pings come as long as they are answered`, async () => {
    const { sid } = await place().open();
    for (let i = 0; i < 3; ++i) {
      assert.deepEqual(await place().poll(sid), { status: 200, text: '2' });
      assert.equal((await place().push(sid, '3')).status, 200);
    }
  });

  beatTest(`${at} polling: a ping without an answer ends the session`, async () => {
    const { sid } = await place().open();
    assert.deepEqual(await place().poll(sid), { status: 200, text: '2' });
    // The next poll waits until the session ends with it; afterwards there is none.
    await place().poll(sid);
    assert.equal((await place().poll(sid)).status, 400);
  });

  beatTest(`${at} WebSocket: pings come as long as they are answered`, async () => {
    const wire = await place().openWire({ heartbeat: 'shown' });
    for (let i = 0; i < 3; ++i) {
      assert.equal(await wire.next(), '2');
      wire.send('3');
    }
    wire.close();
  });

  beatTest(`${at} WebSocket: a ping without an answer ends the connection`, async () => {
    const wire = await place().openWire({ heartbeat: 'shown' });
    await wire.closed();
    assert.deepEqual(wire.packets, ['2']);
  });

  beatTest(`${at} polling: a close packet ends the session and releases the poll that waits`, async () => {
    const { sid } = await place().open();
    const [poll, push] = await Promise.all([place().poll(sid), place().push(sid, '1')]);
    assert.equal(push.status, 200);
    // Where the packet was first, there is no session to poll any more.
    if (poll.status !== 400) assert.deepEqual(poll, { status: 200, text: '6' });
    assert.equal((await place().poll(sid)).status, 400);
  });

  beatTest(`${at} WebSocket: a close packet ends the connection`, async () => {
    const wire = await place().openWire();
    wire.send('1');
    await wire.closed();
  });

  // A packet that gets an answer, which tells that the WebSocket is in use.
  const [kFirst, kSecond] = at === '/engine.io/' ? ['4first', '4second'] : ['40', '40/custom,'];
  const answered = async (wire, packet) => {
    wire.send(packet);
    const answer = await wire.next();
    assert.equal(answer.slice(0, packet.length), packet);
    if (at === '/socket.io/') await wire.next(); // "auth"
  };

  beatTest(`${at} a session moves from polling to a WebSocket, and a poll that waits is released`, async () => {
    const { sid, wire, answer } = await place().probed();
    assert.equal(answer, '3probe');
    assert.deepEqual(await place().poll(sid), { status: 200, text: '6' });
    wire.send('5');
    await answered(wire, kFirst);
    wire.close();
  });

  beatTest(`${at} the old transport of a session that has moved is closed`, async () => {
    const { sid, wire } = await place().probed();
    wire.send('5');
    await answered(wire, kFirst);
    assert.equal((await place().poll(sid)).status, 400);
    assert.equal((await place().push(sid, kSecond)).status, 400);
    await answered(wire, kSecond);
    wire.close();
  });

  beatTest(`${at} a second WebSocket for a session that has moved is closed`, async () => {
    const { sid, wire } = await place().probed();
    wire.send('5');
    await answered(wire, kFirst);
    await place().wire({ sid }).closed();
    await answered(wire, kSecond);
    wire.close();
  });
}

const engine = () => places['/engine.io/'];

for (const [what, payload] of Object.entries({
  'one packet': '4hello',
  'several packets': '4test1\x1e4test2\x1e4test3',
  'text and bytes': '4hello\x1ebAQIDBA==',
})) {
  beatTest(`polling: ${what} come back in one payload`, async () => {
    const { sid } = await engine().open();
    assert.deepEqual(await engine().push(sid, payload), { status: 200, text: 'ok' });
    assert.deepEqual(await engine().poll(sid), { status: 200, text: payload });
  });
}

beatTest('polling: a payload that is none ends the session', async () => {
  const { sid } = await engine().open();
  const refused = await engine().push(sid, 'abc').catch(() => ({ status: 400 })); // or the connection is cut
  assert.equal(refused.status, 400);
  assert.equal((await engine().poll(sid)).status, 400);
});

beatTest('polling: two polls at once end the session', async () => {
  const { sid } = await engine().open();
  const polls = await Promise.all([engine().poll(sid), engine().poll(sid)]);
  const [first, second] = polls.sort((a, b) => a.status - b.status);
  assert.deepEqual(first, { status: 200, text: '1' });
  assert.equal(second.status, 400);
  assert.equal((await engine().poll(sid)).status, 400);
});

/** Sends a poll and hangs up without waiting for the answer. */
async function abandonPoll(sid) {
  const request = http.get(engine().address({ transport: 'polling', sid }), { agent: false });
  request.on('error', () => {});
  await new Promise((resolve) => request.once('finish', resolve));
  await new Promise((resolve) => {
    request.once('close', resolve);
    request.destroy();
  });
}

beatTest('polling: a poll that its client gives up ends the session', async () => {
  const { sid } = await engine().open();
  await abandonPoll(sid);
  const next = await engine().poll(sid);
  // Where it came before the other was noticed to be gone, they were two at once.
  if (next.status !== 400) assert.deepEqual(next, { status: 200, text: '1' });
  assert.equal((await engine().poll(sid)).status, 400);
});

beatTest('WebSocket: text comes back as text and bytes as bytes', async () => {
  const wire = await engine().openWire();
  wire.send('4hello');
  assert.equal(await wire.next(), '4hello');
  wire.send(Buffer.from([1, 2, 3, 4]));
  assert.deepEqual(await wire.next(), Buffer.from([1, 2, 3, 4]));
  wire.close();
});

beatTest('WebSocket: a packet that is none ends the connection', async () => {
  const wire = await engine().openWire();
  wire.send('abc');
  await wire.closed();
});
