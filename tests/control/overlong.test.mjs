// Every text that the contracts of REST and of events bound, one character over its bound: refused by the name of its
// field. At the bound REST does not refuse it for its length.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Contract } from './lib/contract.mjs';
import { Client, clientEvents, contract as events } from './lib/events.mjs';
import { upload } from './lib/files.mjs';
import { register, startServer } from './lib/server.mjs';

const kNobody = '0193566b-2f10-7c3a-9d52-8a4b1c6e7f99';

let server;
let api;
let ann;
let link; // to a file, with a password

before(async () => {
  // The longest messages that any configuration allows, as the contract says.
  server = await startServer({ settings: { 'auth.password_cost': 'minimal', 'chat.max_message': '100000' } });
  ann = await register(server, 'Ann');
  api = new Contract(await ann.api.call('GET', '/openapi.json'), server.url);
  const { fileId } = await upload(server, ann, Buffer.from('shared'), { metadata: { filename: 'shared.txt' } });
  link = (await ann.api.post(`/files/${fileId}/grants`, { kind: 'link', password: 'open sesame' })).token;
});
after(() => server?.end());

// What is shown as a proof is refused as one that proves nothing, whatever is wrong with it.
const isProof = ({ id, place, name }) => place === 'query' && (id === 'finishOidc' || (id === 'getFileContent' && name === 's'));

/** Texts with a bound: { id, place: 'body' | 'query' | 'path', name, most, format }. */
function* bounded() {
  for (const [id, { method, operation, parameters }] of api.operations) {
    if (method === 'options') continue; // says the same, whatever it is asked of
    for (const { in: place, name, schema } of parameters) {
      const { type, maxLength } = api.resolve(schema);
      if (type === 'string' && maxLength) yield { id, place, name, most: maxLength };
    }
    const body = api.resolve(operation.requestBody?.content['application/json']?.schema);
    for (const [name, member] of Object.entries(body?.properties ?? {})) {
      const { maxLength, format } = api.resolve(member);
      if (maxLength) yield { id, place: 'body', name, most: maxLength, format };
    }
  }
}

/** A text of so many characters; an address is one all the same, a session description has lines. */
function text(length, { format, name } = {}) {
  if (name === 'sdp') return 'a=x\r\n'.repeat(length).slice(0, length);
  if (format !== 'email') return 'xy'.repeat(length).slice(0, length);
  const labels = `${'x'.repeat(60)}.`.repeat(Math.ceil(length / 61));
  return `${`a@${labels}`.slice(0, length - 3).replace(/\.$/, 'x')}.io`;
}

const kPlain = { string: 'some words', integer: 1, boolean: true, array: [], number: 1 };

/** A body that is right as far as the contract says. */
function bodyOf(operation) {
  const json = operation.requestBody?.content['application/json'];
  if (!json) return undefined;
  const { examples, required = [], properties } = api.resolve(json.schema);
  if (examples) return { ...examples[0] };
  return Object.fromEntries(
    required.map((name) => {
      const { type, format, enum: values } = api.resolve(properties[name]);
      return [name, format === 'email' ? 'a@example.org' : (values?.[0] ?? kPlain[type])];
    }),
  );
}

/** Sends the operation with this text in this place, all else as it should be: the status and the problem. */
async function attempt({ id, place, name }, value) {
  const { operation, parameters, method } = api.operation(id);
  const paths = parameters.filter((each) => each.in === 'path');
  const params = Object.fromEntries(paths.map((each) => [each.name, each.name === 'version' ? 1 : kNobody]));
  if (id === 'openSharedFile') params.token = link;
  const query = id === 'search' ? { q: 'x' } : {};
  const body = bodyOf(operation);
  const target = { path: params, query, body }[place];
  target[name] = value;
  const raw = operation.requestBody && !body;
  const response = await fetch(api.target(id, params, query), {
    method: method.toUpperCase(),
    redirect: 'manual',
    headers: {
      ...(operation.security?.some(({ bearer }) => bearer) ? { authorization: `Bearer ${ann.accessToken}` } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(raw ? { 'content-type': 'application/offset+octet-stream', 'x-http-method-override': 'PATCH' } : {}),
      'tus-resumable': '1.0.0',
      'upload-offset': 0,
    },
    body: raw ? 'x' : body && JSON.stringify(body),
  });
  const answer = await response.text();
  const problem = response.headers.get('content-type') === 'application/problem+json' && answer ? JSON.parse(answer) : undefined;
  return { status: response.status, problem };
}

test('one character too many is refused by the name of its field', async () => {
  const wrong = [];
  let tried = 0;
  for (const one of bounded()) {
    ++tried;
    const { status, problem } = await attempt(one, text(one.most + 1, one));
    // A path that is too long leads nowhere, or names what is wrong.
    const named =
      problem?.field === one.name || (one.place === 'path' && status === 404) || (isProof(one) && [401, 403].includes(status));
    if (status < 400 || status >= 500 || !named) wrong.push(`${one.id} ${one.place} ${one.name} > ${one.most}: ${status} ${JSON.stringify(problem)}`);
  }
  assert.deepEqual(wrong, []);
  assert.ok(tried > 60, `${tried} texts`);
});

test('as many characters as the contract lets in are not too many', async () => {
  const wrong = [];
  for (const one of bounded()) {
    const { status, problem } = await attempt(one, text(one.most, one));
    const tooLong = status === 413 || status === 414 || (/long|character|byte/.test(problem?.detail) && problem?.field === one.name);
    if (tooLong) wrong.push(`${one.id} ${one.place} ${one.name} = ${one.most}: ${status} ${JSON.stringify(problem)}`);
  }
  assert.deepEqual(wrong, []);
});

/** An argument of an event that is right as far as the contract says, about these things. */
function argumentOf({ properties, required = [] }, things) {
  const valueOf = (name) => {
    const { $ref, enum: values, type } = properties[name];
    if ($ref?.endsWith('/Stroke')) return { id: 's', tool: 'pen', points: [0, 0, 1, 1] };
    return things[name] ?? values?.[0] ?? (type === 'object' ? {} : 'x');
  };
  return Object.fromEntries(required.map((name) => [name, valueOf(name)]));
}

test('an event with one character too many is refused by the name of its field', async (t) => {
  const client = await Client.open(server, ann);
  t.after(() => client.close());
  const room = await ann.api.post('/rooms', { name: 'Short', type: 'group', visibility: 'private' });
  const { message } = await client.do('send-message', { roomId: room.id, content: 'short' });
  const { call } = await client.do('start-call', { roomId: room.id, ring: false });
  await client.do('start-share', { callId: call.id, shareId: 'desk' });
  const things = { roomId: room.id, messageId: message.id, callId: call.id, shareId: 'desk', userId: ann.user.id };
  const wrong = [];
  let tried = 0;
  for (const event of clientEvents) {
    const { payload } = events.components.messages[event];
    for (const [name, { maxLength }] of Object.entries(payload.properties ?? {})) {
      if (!maxLength) continue;
      ++tried;
      const { ok, error } = await client.ask(event, { ...argumentOf(payload, things), [name]: text(maxLength + 1) });
      // The name of a share that nobody has is not one's own to decide about, however long it is.
      const notOnes = name === 'shareId' && error?.code === 'permission-denied';
      if (ok || (error.field !== name && !notOnes)) wrong.push(`${event} ${name} > ${maxLength}: ${JSON.stringify(error)}`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(tried > 15, `${tried} texts`);
});
