// Log-in at a real OpenID provider (oidc-provider): a browser's way there and back, with its cookies.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, describe, test } from 'node:test';
import Provider from 'oidc-provider';
import { register, startServer } from './lib/server.mjs';

const kClient = { id: 'parley', secret: 'a secret of the two' };
const kPeople = {
  grace: { name: 'Grace Hopper', email: 'grace@example.org', email_verified: true },
  unverified: { name: 'Somebody', email: 'unverified@example.org', email_verified: false },
};

/** A provider on a port of its own. It logs in whoever `who` names at the moment, or refuses when that is null. */
async function startProvider() {
  const listener = http.createServer();
  await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${listener.address().port}`;
  const service = { issuer, who: 'grace', seen: [], close: () => listener.close() };

  /** Learns where the application is, which is known only now. */
  service.trust = (callback) => {
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: kClient.id,
          client_secret: kClient.secret,
          redirect_uris: [callback],
          grant_types: ['authorization_code'],
          response_types: ['code'],
        },
      ],
      pkce: { required: () => true, methods: ['S256'] },
      cookies: { keys: ['for these tests'] },
      claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...kPeople[id] }) }),
      loadExistingGrant: async (ctx) => {
        const grant = new ctx.oidc.provider.Grant({
          clientId: ctx.oidc.client.clientId,
          accountId: ctx.oidc.session.accountId,
        });
        grant.addOIDCScope('openid profile email');
        await grant.save();
        return grant;
      },
    });
    const handle = provider.callback();
    listener.on('request', async (request, response) => {
      service.seen.push(request.url);
      if (!request.url.startsWith('/interaction/')) return handle(request, response);
      const answer = service.who ? { login: { accountId: service.who } } : { error: 'access_denied' };
      await provider.interactionFinished(request, response, answer);
    });
  };
  return service;
}

/** Follows redirects as a browser does, until it is where no redirect leads on. */
class Browser {
  jars = new Map(); // origin → Map of cookies

  async get(address) {
    // The name that the server gives itself; it listens on this address alone.
    const url = address.replace('//localhost:', '//127.0.0.1:');
    const { origin } = new URL(url);
    if (!this.jars.has(origin)) this.jars.set(origin, new Map());
    const jar = this.jars.get(origin);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: cookie ? { cookie } : {} });
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';');
      const at = pair.indexOf('=');
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return response;
  }

  /** Where the last redirect led and what answered; `until` stops it before an address. */
  async follow(url, until = () => false) {
    for (let hops = 0; hops < 20; ++hops) {
      if (until(url)) return { url };
      const response = await this.get(url);
      const location = response.headers.get('location');
      if (!location) return { url, response };
      url = new URL(location, url).href.replace('//localhost:', '//127.0.0.1:');
    }
    throw new Error(`redirects without end, at last to ${url}`);
  }
}

describe('log-in at an OpenID provider', () => {
  let provider;
  let server;
  const start = (redirect = '/rooms') =>
    `${server.url}/api/v1/auth/oidc/test/start?redirect=${encodeURIComponent(redirect)}`;
  const isHome = (url) => url.startsWith(server.url) && !url.includes('/api/');
  const isCallback = (url) => url.includes('/api/v1/auth/oidc/callback');

  /** The whole way, to a session. */
  async function signIn(browser = new Browser()) {
    const { url, response } = await browser.follow(start(), isHome);
    assert.ok(isHome(url), `ended at ${url}: ${response?.status} ${await response?.text()}`);
    const code = new URLSearchParams(new URL(url).hash.slice(1)).get('code');
    assert.ok(code, url);
    assert.equal(new URL(url).pathname, '/rooms');
    return { code, session: await server.api().post('/auth/oidc/exchange', { code }) };
  }

  before(async () => {
    provider = await startProvider();
    server = await startServer({
      settings: {
        'auth.registration': 'open',
        'auth.oidc.test.name': 'Test ID',
        'auth.oidc.test.issuer': provider.issuer,
        'auth.oidc.test.client_id': kClient.id,
        'auth.oidc.test.client_secret': kClient.secret,
      },
    });
    provider.trust(`http://localhost:${server.ports.http}/api/v1/auth/oidc/callback`);
  });
  after(async () => {
    await server?.end();
    provider?.close();
  });

  test('the button is there', async () => {
    const { items } = await server.api().get('/auth/providers');
    assert.deepEqual(
      items.map(({ id, name }) => ({ id, name })),
      [{ id: 'test', name: 'Test ID' }],
    );
  });

  test('a person comes back with an account and a session', async () => {
    provider.who = 'grace';
    const { code, session } = await signIn();
    assert.equal(session.user.name, 'Grace Hopper');
    assert.equal(session.user.email, 'grace@example.org');
    const me = await server.api(session.accessToken).get('/me');
    assert.equal(me.id, session.user.id);
    await assert.rejects(server.api().post('/auth/oidc/exchange', { code }), /401/, 'the code is good once');
  });

  test('the same person gets the same account, another one another', async () => {
    provider.who = 'grace';
    const first = await signIn();
    const second = await signIn();
    assert.equal(second.session.user.id, first.session.user.id);
    assert.notEqual(second.session.refreshToken, first.session.refreshToken);
    provider.who = 'unverified';
    const other = await signIn();
    assert.notEqual(other.session.user.id, first.session.user.id);
    assert.ok(!other.session.user.email, 'an address that nobody vouches for is not kept');
  });

  test('the way back is good once, and in the browser that left', async () => {
    provider.who = 'grace';
    const browser = new Browser();
    const { url } = await browser.follow(start(), isCallback);
    const stranger = await new Browser().get(url);
    assert.equal(stranger.status, 401);

    const again = new Browser();
    const back = await again.follow(start(), isCallback);
    assert.equal((await again.get(back.url)).status, 302);
    assert.equal((await again.get(back.url)).status, 401);
  });

  test('who says no is not logged in', async () => {
    provider.who = null;
    const browser = new Browser();
    const { url } = await browser.follow(start(), isCallback);
    assert.match(url, /error=access_denied/);
    assert.equal((await browser.get(url)).status, 403);
  });

  test('an address that an account has is not taken over', async () => {
    kPeople.late = { name: 'Late', email: '', email_verified: true };
    const account = await register(server, 'Early Bird');
    kPeople.late.email = account.email;
    provider.who = 'late';
    const browser = new Browser();
    const { url } = await browser.follow(start(), isCallback);
    assert.equal((await browser.get(url)).status, 409);
  });

  test('a browser is sent to places of this server alone', async () => {
    for (const bad of ['https://evil.example/', '//evil.example/', '/\\evil.example']) {
      const response = await fetch(start(bad), { redirect: 'manual' });
      assert.equal(response.status, 400, bad);
    }
  });
});
