// The command line: exit codes, and messages that say what to do.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import test from 'node:test';
import { bindTcp, bindUdp, closed, flagsOf, freePorts, kKey, kSecret, run, settingsOf, withFile } from './lib/parley.mjs';

const lines = (text) => text.split('\n').filter(Boolean);

test('--help lists the commands', async () => {
  const { code, stdout } = await run(['--help']);
  assert.equal(code, 0);
  for (const command of ['serve', 'token', 'check-config']) assert.match(stdout, new RegExp(`^ +${command}\\b`, 'm'));
});

test('--help of each command exits 0', async () => {
  for (const command of ['serve', 'token', 'check-config']) {
    const { code, stdout } = await run([command, '--help']);
    assert.equal(code, 0, command);
    assert.match(stdout, /Usage/);
  }
});

test('--version is one line', async () => {
  const { code, stdout } = await run(['--version']);
  assert.equal(code, 0);
  assert.match(stdout, /^parley \d+\.\d+\.\d+\n$/);
});

for (const args of [[], ['bogus'], ['serve', '--bogus'], ['token', '--room', 'r']]) {
  test(`wrong usage fails: parley ${args.join(' ')}`, async () => {
    const { code, stdout, stderr } = await run(args);
    assert.equal(code, 2);
    assert.notEqual(stdout + stderr, '');
  });
}

test('check-config accepts a right file', async () => {
  await withFile(`keys:\n  ${kKey}: ${kSecret}\nrtc:\n  shards: 2\ndrain_timeout: 3s\n`, async (file) => {
    const { code, stdout, stderr } = await run(['check-config', file]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /all right/);
  });
});

test('check-config warns of a misspelt variable', async () => {
  await withFile(`keys:\n  ${kKey}: ${kSecret}\n`, async (file) => {
    const { code, stderr } = await run(['check-config', file], { env: { PARLEY_RTC_SHRDS: '2' } });
    assert.equal(code, 0, stderr);
    assert.match(stderr, /PARLEY_RTC_SHRDS .* did you mean PARLEY_RTC_SHARDS\?/);
  });
});

const wrongFiles = [
  {
    what: 'unknown key, with the nearest one',
    text: 'rtc:\n  udp_prt: 7\n',
    says: [':2:', '"rtc.udp_prt"', 'did you mean "rtc.udp_port"?'],
  },
  {
    what: 'no rate',
    text: 'limits:\n  requests:\n    send: 5/d\n',
    says: [':3:', 'limits.requests.send', 'such as 20/s burst 100'],
  },
  { what: 'size out of range', text: 'rtc:\n  max_data_message: 1KiB\n', says: [':2:', 'from 16KiB to 16MiB'] },
  { what: 'number out of range', text: 'log:\n  level: info\nrtc:\n  udp_port: 70000\n', says: [':4:', 'rtc.udp_port'] },
  { what: 'word that is no number', text: 'rtc:\n  tcp_port: many\n', says: [':2:', 'rtc.tcp_port'] },
  { what: 'duration without a unit', text: 'drain_timeout: 10\n', says: [':1:', 'drain_timeout'] },
  { what: 'word that is no level', text: '\nlog:\n  level: loud\n', says: [':3:', 'log.level'] },
  { what: 'file that is no YAML', text: 'rtc: [1, 2\n', says: ['parley.yaml'] },
];
for (const { what, text, says } of wrongFiles) {
  test(`check-config: ${what}`, async () => {
    await withFile(text, async (file) => {
      const { code, stdout, stderr } = await run(['check-config', file]);
      assert.equal(code, 1);
      assert.equal(stdout, '');
      assert.equal(lines(stderr).length, 1, stderr);
      for (const part of says) assert.ok(stderr.includes(part), `${part} in ${stderr}`);
    });
  });
}

test('check-config names a file that is not there', async () => {
  const { code, stderr } = await run(['check-config', '/nowhere/parley.yaml']);
  assert.equal(code, 1);
  assert.match(stderr, /\/nowhere\/parley\.yaml/);
});

test('serve without keys says how to give some', async () => {
  const { code, stderr } = await run(['serve', ...flagsOf(settingsOf(await freePorts()))]);
  assert.equal(code, 1);
  assert.equal(lines(stderr).length, 1, stderr);
  assert.match(stderr, /keys:/);
  assert.match(stderr, /PARLEY_KEYS/);
  assert.match(stderr, /--dev/);
});

const occupied = [
  { key: 'http.listen', port: 'http', bind: bindTcp },
  { key: 'rtc.tcp_port', port: 'tcp', bind: bindTcp },
  { key: 'rtc.udp_port', port: 'udp', bind: bindUdp },
];
for (const { key, port, bind } of occupied) {
  test(`an occupied port is named together with ${key}`, async () => {
    const ports = await freePorts();
    const holder = await bind(ports[port]);
    try {
      const { code, stderr } = await run(['serve', ...flagsOf(settingsOf(ports))], {
        env: { PARLEY_KEYS: `${kKey}: ${kSecret}` },
      });
      assert.equal(code, 1);
      assert.equal(lines(stderr).length, 1, stderr);
      assert.ok(stderr.includes(key), stderr);
      assert.ok(stderr.includes(String(ports[port])), stderr);
    } finally {
      await closed(holder);
    }
  });
}

function decode(token) {
  const [head, body, signature] = token.trim().split('.');
  const expected = createHmac('sha256', kSecret).update(`${head}.${body}`).digest('base64url');
  assert.equal(signature, expected, 'HS256 over head and body');
  const json = (part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  return { head: json(head), body: json(body) };
}

test('token prints what any JWT library verifies', async () => {
  const { code, stdout, stderr } = await run(
    ['token', '--room', 'kitchen', '--identity', 'fridge', '--name', 'Fridge', '--valid-for', '30m', '--no-publish'],
    { env: { PARLEY_KEYS: `${kKey}: ${kSecret}` } },
  );
  assert.equal(code, 0, stderr);
  const { head, body } = decode(stdout);
  assert.deepEqual(head, { alg: 'HS256', typ: 'JWT' });
  assert.equal(body.iss, kKey);
  assert.equal(body.sub, 'fridge');
  assert.equal(body.name, 'Fridge');
  assert.equal(body.exp - body.nbf, 1800);
  assert.ok(Math.abs(body.nbf - Date.now() / 1000) < 60);
  assert.equal(body.video.roomJoin, true);
  assert.equal(body.video.room, 'kitchen');
  assert.equal(body.video.canPublish, false);
});

for (const { args, says } of [
  { args: ['--key', 'other'], says: 'other' },
  { args: ['--valid-for', 'soon'], says: '--valid-for' },
  { args: ['--admin'], says: '--room' },
]) {
  test(`token refuses ${args.join(' ')}`, async () => {
    const { code, stdout, stderr } = await run(['token', '--identity', 'me', ...args], {
      env: { PARLEY_KEYS: `${kKey}: ${kSecret}` },
    });
    assert.equal(code, 1);
    assert.equal(stdout, '');
    assert.ok(stderr.includes(says), stderr);
  });
}
