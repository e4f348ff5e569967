// The contract of events: well-formed, complete, and the same as what the server knows.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Client, clientEvents, contract, faultOf } from './lib/events.mjs';
import { register, startServer } from './lib/server.mjs';

let server;
let person;
let client;

before(async () => {
  server = await startServer();
  person = await register(server, 'Reader');
  client = await Client.open(server, person);
});
after(async () => {
  client?.close();
  await server?.end();
});

function* refsOf(value) {
  if (Array.isArray(value)) {
    for (const each of value) yield* refsOf(each);
  } else if (value !== null && typeof value === 'object') {
    if (typeof value.$ref === 'string') yield value.$ref;
    for (const each of Object.values(value)) yield* refsOf(each);
  }
}

test('every reference leads somewhere', () => {
  for (const ref of refsOf(contract)) {
    const target = ref
      .slice(2)
      .split('/')
      .reduce((at, name) => at?.[name], contract);
    assert.ok(target, ref);
  }
});

test('every message belongs to an operation and every schema compiles', () => {
  const used = new Set([...refsOf(contract.operations)].map((ref) => ref.split('/').at(-1)));
  for (const name of Object.keys(contract.components.messages)) {
    assert.ok(used.has(name), `${name} is nobody's`);
    faultOf(name, {});
  }
});

test('the server knows the events of the contract and no others', async () => {
  const { events } = await client.do('list-events');
  assert.deepEqual(events, clientEvents);
});

test('the server takes every event of the contract, and what it refuses it refuses in form', async () => {
  for (const event of clientEvents) {
    const answer = await client.ask(event, {});
    assert.equal(typeof answer.ok, 'boolean', event);
    if (!answer.ok) assert.notEqual(answer.error.code, 'unknown-event', event);
  }
  assert.deepEqual(client.faults, []);
});

test('an argument that the schema refuses for a missing member is refused by the server too', async () => {
  for (const event of clientEvents) {
    const required = contract.components.messages[event].payload.required ?? [];
    if (required.length === 0) continue;
    assert.ok(faultOf(event, {}), event);
    const answer = await client.ask(event, {});
    assert.equal(answer.error?.code, 'invalid-argument', `${event}: ${JSON.stringify(answer)}`);
    assert.equal(answer.error.field, required[0], event);
  }
});
