// Access tokens of other issuers, from the first request of somebody unknown to a message in a room: a shared secret, and
// key sets that a local listener serves.
import assert from 'node:assert/strict';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import http from 'node:http';
import { after, before, describe, test } from 'node:test';

import { Client } from './lib/events.mjs';
import { signJwt } from './lib/jwt.mjs';
import { startServer, waitFor } from './lib/server.mjs';

const kAudience = 'authenticated';
const kSecret = 'what the project and the server share, in confidence';
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Who signs, how: `key` and `header` are what signJwt takes. */
const kIssuers = {
  secret: { alg: 'HS256', key: kSecret, header: {} },
  rsa: { alg: 'RS256', key: rsa.privateKey, header: { alg: 'RS256', kid: 'r1' } },
  ec: { alg: 'ES256', key: ec.privateKey, header: { alg: 'ES256', kid: 'e1' } },
};
const addressOf = (name) => `https://${name}.example.org/auth/v1`;

/** Serves key sets under their issuers' names, and counts how often they are asked for. */
async function serveKeys() {
  const asked = {};
  const sets = {
    '/rsa': [{ ...rsa.publicKey.export({ format: 'jwk' }), kid: 'r1', alg: 'RS256', use: 'sig' }],
    '/ec': [{ ...ec.publicKey.export({ format: 'jwk' }), kid: 'e1', use: 'sig' }],
  };
  const listening = http.createServer((request, response) => {
    asked[request.url] = (asked[request.url] ?? 0) + 1;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ keys: sets[request.url] ?? [] }));
  });
  await new Promise((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const end = () => {
    listening.close();
    listening.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${listening.address().port}`, asked, end };
}

let keys;
let server;

before(async () => {
  keys = await serveKeys();
  const settings = { 'auth.registration': 'closed' };
  for (const name of [...Object.keys(kIssuers), 'dark', 'known']) {
    settings[`auth.issuers.${name}.issuer`] = addressOf(name);
    settings[`auth.issuers.${name}.audience`] = kAudience;
  }
  settings['auth.issuers.secret.hs256_secret'] = kSecret;
  settings['auth.issuers.secret.required_claims'] = 'role=authenticated';
  for (const name of ['rsa', 'ec']) settings[`auth.issuers.${name}.jwks_url`] = `${keys.url}/${name}`;
  settings['auth.issuers.dark.jwks_url'] = 'http://127.0.0.1:1/keys';
  settings['auth.issuers.known.hs256_secret'] = kSecret;
  settings['auth.issuers.known.auto_create'] = false;
  server = await startServer({ settings });
});
after(async () => {
  await server?.end();
  keys?.end();
});

const seconds = () => Math.floor(Date.now() / 1000);
const claims = (name, more = {}) => ({
  iss: addressOf(name),
  aud: kAudience,
  sub: randomUUID(),
  role: 'authenticated',
  iat: seconds(),
  exp: seconds() + 3600,
  ...more,
});
const tokenOf = (name, more) => signJwt(claims(name, more), kIssuers[name].key, kIssuers[name].header);
const askMe = (token) => fetch(`${server.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });

/** What a socket with this token is told instead of being let in; undefined: it is let in. */
async function refusalOf(token) {
  const client = new Client(server.url, token);
  try {
    await client.connected();
    return undefined;
  } catch (error) {
    return error.data?.code;
  } finally {
    client.close();
  }
}

for (const name of Object.keys(kIssuers)) {
  describe(`an issuer that signs with ${kIssuers[name].alg}`, () => {
    test('brings somebody new, who gets an account, a room and a word in it', async () => {
      const sub = randomUUID();
      const who = { sub, email: `${sub}@example.org`, email_verified: true, user_metadata: { full_name: 'Ida Rhodes' } };
      const api = server.api(tokenOf(name, who));
      const me = await api.get('/me');
      assert.deepEqual([me.name, me.email], ['Ida Rhodes', who.email]);
      const room = await api.post('/rooms', { name: 'Tables', type: 'group', visibility: 'private' });

      const person = { accessToken: tokenOf(name, { ...who, exp: seconds() + 1800 }) };
      assert.equal((await server.api(person.accessToken).get('/me')).id, me.id, 'the same account by another token');
      const client = await Client.open(server, person);
      const { message } = await client.do('send-message', { roomId: room.id, content: 'counted' });
      assert.deepEqual([message.senderId, message.sender.name], [me.id, 'Ida Rhodes']);
      await client.do('refresh-token', tokenOf(name, who));
      assert.equal((await client.refused('refresh-token', tokenOf(name))).code, 'permission-denied', 'of another person');
      assert.deepEqual(client.faults, []);
      client.close();

      const other = await server.api(tokenOf(name)).get('/me');
      assert.notEqual(other.id, me.id);
      await server.api(tokenOf(name)).get(`/rooms/${room.id}`, { status: 404 });
    });

    for (const [what, more] of Object.entries({
      'has another issuer': { iss: 'https://elsewhere.example.org/' },
      'has another audience': { aud: 'somebody else' },
      'has no audience': { aud: undefined },
      'has expired': { exp: seconds() - 600 },
      'never expires': { exp: undefined },
      'is not valid yet': { nbf: seconds() + 600 },
      'names nobody': { sub: undefined },
    })) {
      test(`is not believed when its token ${what}`, async () => {
        const token = tokenOf(name, more);
        assert.equal((await askMe(token)).status, 401);
        assert.equal(await refusalOf(token), 'unauthenticated');
      });
    }

    test('is not believed when somebody else has signed', async () => {
      const { alg, header } = kIssuers[name];
      const own = tokenOf(name).split('.');
      const forged = {
        'another key': signJwt(claims(name), { HS256: 'x'.repeat(40), RS256: otherRsa, ES256: otherEc }[alg], header),
        'no signature': `${own[0]}.${own[1]}.`,
        'no algorithm': `${Buffer.from('{"alg":"none"}').toString('base64url')}.${own[1]}.`,
        'other claims': `${own[0]}.${Buffer.from(JSON.stringify(claims(name))).toString('base64url')}.${own[2]}`,
      };
      for (const [what, token] of Object.entries(forged)) {
        assert.equal((await askMe(token)).status, 401, what);
        assert.equal(await refusalOf(token), 'unauthenticated', what);
      }
    });
  });
}
const otherRsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const otherEc = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

test('the key decides the algorithm, not the token', async () => {
  const pem = rsa.publicKey.export({ format: 'pem', type: 'spki' });
  const confused = {
    'a public key as a secret': signJwt(claims('rsa'), pem, { alg: 'HS256', kid: 'r1' }),
    'the key of another algorithm': signJwt(claims('rsa'), ec.privateKey, { alg: 'ES256', kid: 'r1' }),
    'the key of another issuer': signJwt(claims('rsa'), ec.privateKey, { alg: 'ES256', kid: 'e1' }),
  };
  for (const [what, token] of Object.entries(confused)) assert.equal((await askMe(token)).status, 401, what);
});

test('a claim that is required must be there, with its value', async () => {
  for (const role of [undefined, 'anon']) assert.equal((await askMe(tokenOf('secret', { role }))).status, 401);
});

test('where accounts are not made at first use, a stranger has none', async () => {
  const response = await askMe(signJwt(claims('known'), kSecret));
  assert.equal(response.status, 401);
  assert.match((await response.json()).detail, /no account/);
});

test('keys that cannot be had are no reason to believe, nor to call a token wrong', async () => {
  const token = signJwt(claims('dark'), rsa.privateKey, { alg: 'RS256', kid: 'd1' });
  assert.equal((await askMe(token)).status, 503);
  assert.equal(await refusalOf(token), 'unavailable');
});

test('unknown keys make no storm of questions', async () => {
  const before = keys.asked['/rsa'];
  const begun = Date.now();
  for (let i = 0; i < 20; ++i) {
    const token = signJwt(claims('rsa'), rsa.privateKey, { alg: 'RS256', kid: `unknown ${i}` });
    assert.equal((await askMe(token)).status, 401);
  }
  const may = 1 + Math.floor((Date.now() - begun) / 30_000);
  assert.ok(keys.asked['/rsa'] - before <= may, `${keys.asked['/rsa'] - before} questions`);
});

test('a connection ends a minute after its token, unless it has got another one', async (t) => {
  // Clocks may differ by a minute, so a token that ran out less than that ago still lets in.
  const who = { sub: randomUUID() };
  const nearly = { accessToken: tokenOf('secret', { ...who, exp: seconds() - 48 }) };
  const [left, renewed] = [await Client.open(server, nearly), await Client.open(server, nearly)];
  t.after(() => [left, renewed].forEach((client) => client.close()));
  await renewed.do('refresh-token', tokenOf('secret', who));
  const ended = await waitFor('the end', () => left.of('session-ended')[0], 60_000);
  assert.equal(ended.code, 'token-expired');
  await waitFor('the disconnect', () => !left.socket.connected);
  await renewed.do('list-events');
  assert.deepEqual([...left.faults, ...renewed.faults, ...renewed.of('session-ended')], []);
});
