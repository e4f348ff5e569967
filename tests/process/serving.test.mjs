// The running server from outside: health, tokens, signals.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { kKey, kSecret, run, startServer, waitFor } from './lib/parley.mjs';
import { fieldsOf, opcodes, WebSocketClient } from './lib/websocket.mjs';

// Fields of SignalResponse and LeaveRequest.
const kJoin = 1;
const kLeave = 8;
const kLeaveReason = 2;
const kServerShutdown = 3n;

async function withServer(options, use) {
  const server = await startServer(options);
  try {
    await use(server);
  } finally {
    await server.end();
  }
}

async function tokenOf(args) {
  const { code, stdout, stderr } = await run(['token', ...args], { env: { PARLEY_KEYS: `${kKey}: ${kSecret}` } });
  assert.equal(code, 0, stderr);
  return stdout.trim();
}

const target = (token) => `/rtc?access_token=${token}&auto_subscribe=1&sdk=js&version=2.15.0&protocol=15`;

async function join(server, options) {
  const token = await tokenOf(['--room', 'kitchen', '--identity', 'me']);
  const client = await WebSocketClient.open(server.ports.http, target(token), options);
  await waitFor('the join response', () => client.signals(kJoin).length === 1);
  return client;
}

// "parley_calls_{started,missed}_total" stands for two.
function namesIn(text) {
  const names = text.match(/\bparley_[a-z_]+(?:\{[a-z_,]+\}[a-z_]+)?/g);
  return names.flatMap((name) => {
    const [, head, choices, tail] = /^(.*)\{(.*)\}(.*)$/.exec(name) ?? [];
    return choices ? choices.split(',').map((choice) => head + choice + tail) : [name];
  });
}

test('each metric has its line in docs/metrics.md, and each line its metric', () =>
  withServer({}, async (server) => {
    const page = namesIn(await readFile(new URL('../../docs/metrics.md', import.meta.url), 'utf8'));
    const told = await (await fetch(`${server.url}/metrics`)).text();
    const live = [...told.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    assert.deepEqual([...new Set(page)].sort(), live.sort());
  }));

test('a fresh server is healthy, ready and tells its metrics', () =>
  withServer({}, async (server) => {
    for (const path of ['/healthz', '/readyz']) {
      const response = await fetch(server.url + path);
      assert.equal(response.status, 200, path);
    }
    const metrics = await fetch(`${server.url}/metrics`);
    assert.equal(metrics.status, 200);
    assert.match(metrics.headers.get('content-type'), /^text\/plain; version=0\.0\.4/);
    const text = await metrics.text();
    assert.match(text, /^parley_rooms 0$/m);
    assert.match(text, /^parley_draining 0$/m);
    assert.match(text, /^# TYPE parley_packets_received_total counter$/m);
    assert.equal((await fetch(`${server.url}/no-such-page-${Date.now()}.txt`)).status, 404);
  }));

test('--dev says where it is and warns of its key', () =>
  withServer({ args: ['--dev'], env: {} }, async (server) => {
    await waitFor('the address', () => server.stdout.includes('\n'));
    assert.equal(server.stdout, `Parley is at http://localhost:${server.ports.http}/\n`);
    const warning = server.stderr.split('\n').find((line) => line.includes('devkey'));
    assert.ok(warning, server.said());
    assert.match(warning, /warn/);
    assert.match(warning, /developer mode/);
  }));

test('without --dev the developer key opens nothing', () =>
  withServer({}, async (server) => {
    const { stdout } = await run(['token', '--dev', '--room', 'r', '--identity', 'me']);
    const response = await fetch(`${server.url}/rtc/validate?access_token=${stdout.trim()}`);
    assert.equal(response.status, 401);
  }));

test('a token of the command line is accepted by /rtc/validate', () =>
  withServer({}, async (server) => {
    const token = await tokenOf(['--room', 'kitchen', '--identity', 'me']);
    const response = await fetch(`${server.url}/rtc/validate?access_token=${token}`);
    assert.equal(response.status, 200);
    assert.equal(await response.text(), 'success');
    const header = await fetch(`${server.url}/rtc/validate`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(header.status, 200);
  }));

test('wrong tokens are answered with 401 that a page of another origin can read', () =>
  withServer({}, async (server) => {
    const good = await tokenOf(['--room', 'kitchen', '--identity', 'me']);
    const [head, body, signature] = good.split('.');
    const other = createHmac('sha256', 'another secret').update(`${head}.${body}`).digest('base64url');
    const expired = Buffer.from(
      JSON.stringify({ iss: kKey, sub: 'me', nbf: 1, exp: 2, video: { roomJoin: true, room: 'kitchen' } }),
    ).toString('base64url');
    const late = createHmac('sha256', kSecret).update(`${head}.${expired}`).digest('base64url');
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const joinless = await tokenOf(['--identity', 'me']);
    const wrong = {
      'no token': '',
      garbage: 'abc',
      'another secret': `${head}.${body}.${other}`,
      'no signature': `${head}.${body}.`,
      'algorithm none': `${none}.${body}.`,
      expired: `${head}.${expired}.${late}`,
      'no permission to join': joinless,
      'changed body': `${head}.${body.slice(0, -2)}xx.${signature}`,
    };
    for (const [what, token] of Object.entries(wrong)) {
      const response = await fetch(`${server.url}/rtc/validate?access_token=${token}`, {
        headers: { origin: 'https://elsewhere.example' },
      });
      assert.equal(response.status, 401, what);
      const allowed = response.headers.get('access-control-allow-origin');
      assert.ok(allowed === '*' || allowed === 'https://elsewhere.example', `${what}: ${allowed}`);
      await assert.rejects(WebSocketClient.open(server.ports.http, target(token)), /^Error: HTTP\/1\.1 401/, what);
    }
  }));

test('SIGTERM without clients ends it at once with 0', () =>
  withServer({ settings: { drain_timeout: '60s' } }, async (server) => {
    server.kill('SIGTERM');
    assert.deepEqual(await server.ended, { code: 0, signal: null }, server.said());
  }));

test('SIGTERM tells a connected client to leave, and ends when it has gone', () =>
  withServer({ settings: { drain_timeout: '60s' } }, async (server) => {
    const client = await join(server);
    server.kill('SIGTERM');
    await waitFor('the leave', () => client.signals(kLeave).length === 1);
    assert.equal(fieldsOf(client.signals(kLeave)[0]).get(kLeaveReason), kServerShutdown);
    assert.ok(client.frames.some((frame) => frame.opcode === opcodes.close));
    // Far below drain_timeout: nobody is left to wait for.
    const end = await Promise.race([server.ended, new Promise((resolve) => setTimeout(resolve, 20_000).unref())]);
    assert.deepEqual(end, { code: 0, signal: null }, server.said());
  }));

test('SIGTERM with a client that does not go: readiness falls, and drain_timeout ends it with 0', () =>
  withServer({ settings: { drain_timeout: '2s' } }, async (server) => {
    const client = await join(server, { answersClose: false });
    const began = Date.now();
    server.kill('SIGTERM');
    const unready = await waitFor('readiness to fall', async () => {
      const response = await fetch(`${server.url}/readyz`);
      return response.status === 200 ? undefined : response.status;
    });
    assert.equal(unready, 503);
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200, 'alive while it drains');
    assert.match(await (await fetch(`${server.url}/metrics`)).text(), /^parley_draining 1$/m);
    const token = await tokenOf(['--room', 'pantry', '--identity', 'you']);
    assert.equal((await fetch(`${server.url}/rtc/validate?access_token=${token}`)).status, 503, 'no new rooms');
    await waitFor('the leave', () => client.signals(kLeave).length === 1);
    assert.deepEqual(await server.ended, { code: 0, signal: null }, server.said());
    const took = Date.now() - began;
    assert.ok(took >= 1900 && took < 10_000, `${took} ms`);
  }));

test('a second signal ends a drain at once', () =>
  withServer({ settings: { drain_timeout: '60s' } }, async (server) => {
    await join(server, { answersClose: false });
    server.kill('SIGTERM');
    await waitFor('readiness to fall', async () => (await fetch(`${server.url}/readyz`)).status === 503);
    server.kill('SIGINT');
    const end = await Promise.race([server.ended, new Promise((resolve) => setTimeout(resolve, 20_000).unref())]);
    assert.deepEqual(end, { code: 0, signal: null }, server.said());
  }));
