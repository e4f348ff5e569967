// Pages of other origins: any may ask with a token, none with what a browser keeps for this server.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { launchChromium } from '../interop/lib/browser.mjs';
import { upload } from './lib/files.mjs';
import { serveLibraries } from './lib/libraries.mjs';
import { register, startServer } from './lib/server.mjs';

const kOrigin = 'https://elsewhere.example';

let server;
let ann;
let fileId;

before(async () => {
  server = await startServer({ settings: { 'auth.password_cost': 'minimal' } });
  ann = await register(server, 'Ann');
  ({ fileId } = await upload(server, ann, Buffer.from('shared words'), { metadata: { filename: 'words.txt' } }));
});
after(() => server?.end());

test('every answer may be read by every origin, with no credentials', async () => {
  const token = { authorization: `Bearer ${ann.accessToken}` };
  const rows = [
    ['GET', '/api/v1/me', token, 200],
    ['GET', '/api/v1/me', {}, 401],
    ['GET', '/api/v1/nowhere', {}, 404],
    ['POST', '/api/v1/auth/login', { 'content-type': 'application/json' }, 400, '{}'],
    ['PATCH', '/api/v1/config', {}, 405],
    ['GET', `/api/v1/files/${fileId}/content`, token, 200],
    ['GET', `/api/v1/files/${fileId}/content`, { ...token, range: 'bytes=100-' }, 416],
    ['OPTIONS', '/api/v1/uploads', {}, 204],
    ['POST', '/api/v1/uploads', { ...token, 'tus-resumable': '1.0.0' }, 400],
    ['GET', '/socket.io/?EIO=4&transport=polling', {}, 200],
    ['GET', '/socket.io/?EIO=3&transport=polling', {}, 400],
    ['GET', '/rtc/validate', {}, 401],
    ['GET', '/healthz', {}, 200],
  ];
  for (const [method, path, headers, status, body] of rows) {
    const response = await fetch(`${server.url}${path}`, { method, body, headers: { ...headers, origin: kOrigin } });
    const what = `${method} ${path}: ${response.status}`;
    assert.equal(response.status, status, what);
    assert.equal(response.headers.get('access-control-allow-origin'), '*', what);
    assert.equal(response.headers.get('access-control-allow-credentials'), null, what);
    assert.equal(response.headers.get('set-cookie'), null, what);
  }
});

test('what a browser asks beforehand is granted for each method and header', async () => {
  const wanted = 'authorization,content-type,tus-resumable,upload-offset,x-http-method-override';
  for (const path of ['/api/v1/rooms', '/api/v1/uploads', '/socket.io/', '/rtc/validate']) {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const headers = { origin: kOrigin, 'access-control-request-method': method, 'access-control-request-headers': wanted };
      const response = await fetch(`${server.url}${path}`, { method: 'OPTIONS', headers });
      assert.equal(response.status, 204, path);
      assert.ok(response.headers.get('access-control-allow-methods').split(', ').includes(method), `${path} ${method}`);
      assert.equal(response.headers.get('access-control-allow-headers'), wanted, path);
      assert.equal(response.headers.get('access-control-allow-credentials'), null, path);
    }
  }
});

/** Runs in the page: what each way of asking came to. */
async function askFromPage({ base, token }) {
  const came = {};
  const attempt = async (name, ask) => {
    came[name] = await ask().catch((error) => `refused: ${error.name}`);
  };
  const me = (credentials) => fetch(`${base}/api/v1/me`, { credentials, headers: { authorization: `Bearer ${token}` } });
  await attempt('rest', async () => (await (await me('omit')).json()).name);
  await attempt('with credentials', async () => (await me('include')).status);
  await attempt('a problem', async () => (await (await fetch(`${base}/api/v1/me`)).json()).code);
  await attempt('upload', () => {
    return new Promise((resolve, reject) => {
      let fileId;
      const task = new window.tus.Upload(new Blob(['from afar']), {
        endpoint: `${base}/api/v1/uploads`,
        headers: { authorization: `Bearer ${token}` },
        metadata: { filename: 'afar.txt' },
        onAfterResponse: (_, response) => (fileId = response.getHeader('Parley-File-Id') ?? fileId),
        onSuccess: () => resolve(fileId),
        onError: reject,
      });
      task.start();
    });
  });
  for (const transport of ['polling', 'websocket']) {
    await attempt(transport, () => {
      return new Promise((resolve, reject) => {
        const socket = window.io(base, { auth: { token }, transports: [transport], forceNew: true, reconnection: false });
        socket.on('connect', () => socket.emit('list-events', {}, ({ ok }) => resolve(socket.close() && ok)));
        socket.on('connect_error', reject);
      });
    });
  }
  return came;
}

test('a page of another origin works in a real browser, which keeps its credentials to itself', async (t) => {
  const site = await serveLibraries();
  const browser = await launchChromium();
  t.after(async () => {
    await browser.close();
    site.end();
  });
  const page = await browser.newPage();
  await page.goto(site.url);
  const came = await page.evaluate(askFromPage, { base: server.url, token: ann.accessToken });
  const { upload: uploaded, ...others } = came;
  assert.deepEqual(others, {
    rest: 'Ann',
    'with credentials': 'refused: TypeError',
    'a problem': 'unauthenticated',
    polling: true,
    websocket: true,
  });
  assert.equal((await ann.api.get(`/files/${uploaded}`)).name, 'afar.txt');
});
