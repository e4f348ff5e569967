// Socket.IO v5 as its public conformance suite asks for it: connecting, disconnecting, events, acknowledgements and
// attachments, packet by packet.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { beatTest, Endpoint, startEcho } from './lib/wire.mjs';

let echo;
let place;

before(async () => {
  echo = await startEcho();
  place = new Endpoint(echo.url, '/socket.io/');
});
after(() => echo?.end());

/** A connection that belongs to the main namespace. */
async function connected(options) {
  const wire = await place.openWire(options);
  wire.send('40');
  assert.match(await wire.next(), /^40\{/);
  assert.equal(await wire.next(), '42["auth",{}]');
  return wire;
}

const kConnects = [
  { what: 'the main namespace', packet: '40', prefix: '', auth: '{}' },
  { what: 'the main namespace, with data', packet: '40{"token":"123"}', prefix: '', auth: '{"token":"123"}' },
  { what: 'a namespace', packet: '40/custom,', prefix: '/custom,', auth: '{}' },
  { what: 'a namespace, with data', packet: '40/custom,{"token":"abc"}', prefix: '/custom,', auth: '{"token":"abc"}' },
];
for (const { what, packet, prefix, auth } of kConnects) {
  beatTest(`a client connects to ${what}`, async () => {
    const wire = await place.openWire();
    wire.send(packet);
    const answer = await wire.next();
    assert.equal(answer.slice(0, 2 + prefix.length), `40${prefix}`);
    const { sid, ...rest } = JSON.parse(answer.slice(2 + prefix.length));
    assert.ok(typeof sid === 'string' && sid.length > 0);
    assert.deepEqual(rest, {});
    assert.equal(await wire.next(), `42${prefix}["auth",${auth}]`);
    wire.close();
  });
}

beatTest('an unknown namespace is refused by name', async () => {
  const wire = await place.openWire();
  wire.send('40/random');
  assert.equal(await wire.next(), '44/random,{"message":"Invalid namespace"}');
  wire.close();
});

beatTest('a first packet that is none ends the connection', async () => {
  const wire = await place.openWire();
  wire.send('4abc');
  await wire.closed();
});

beatTest('who connects to no namespace is sent away, though their heart beats', async () => {
  const wire = await place.openWire();
  await wire.closed();
  assert.deepEqual(wire.packets, []);
});

beatTest('leaving the main namespace leaves the connection', async () => {
  const wire = await connected({ heartbeat: 'shown' });
  wire.send('41');
  assert.equal(await wire.next(), '2');
  wire.send('3', '40');
  assert.match(await wire.next(), /^40\{"sid":/);
  wire.close();
});

beatTest('leaving one namespace leaves the other', async () => {
  const wire = await connected();
  wire.send('40/custom');
  assert.match(await wire.next(), /^40\/custom,/);
  assert.equal(await wire.next(), '42/custom,["auth",{}]');
  wire.send('41/custom', '42["message","to the main namespace"]');
  assert.equal(await wire.next(), '42["message-back","to the main namespace"]');
  wire.close();
});

const kPlaceholders = '{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}';
const kAttachments = [Buffer.from([1, 2, 3]), Buffer.from([4, 5, 6])];
const kExchanges = {
  'an event comes back': { send: ['42["message",1,"2",{"3":[true]}]'], expect: ['42["message-back",1,"2",{"3":[true]}]'] },
  'an event with attachments comes back': {
    send: [`452-["message",${kPlaceholders}]`, ...kAttachments],
    expect: [`452-["message-back",${kPlaceholders}]`, ...kAttachments],
  },
  'an event is acknowledged by its number': {
    send: ['42456["message-with-ack",1,"2",{"3":[false]}]'],
    expect: ['43456[1,"2",{"3":[false]}]'],
  },
  'an event with attachments is acknowledged with them': {
    send: [`452-789["message-with-ack",${kPlaceholders}]`, ...kAttachments],
    expect: [`462-789[${kPlaceholders}]`, ...kAttachments],
  },
};
for (const [what, { send, expect }] of Object.entries(kExchanges)) {
  beatTest(what, async () => {
    const wire = await connected();
    wire.send(...send);
    for (const packet of expect) assert.deepEqual(await wire.next(), packet);
    wire.close();
  });
}

for (const [what, packet] of Object.entries({
  'a packet of an unknown type': '4abc',
  'an event that is no list': '42{}',
  'a number of an acknowledgement that is none': '42abc["message-with-ack",1,"2",{"3":[false]}]',
})) {
  beatTest(`${what} ends the connection`, async () => {
    const wire = await connected();
    wire.send(packet);
    await wire.closed();
    assert.deepEqual(wire.packets, []);
  });
}
