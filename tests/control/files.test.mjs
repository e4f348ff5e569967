// Files as clients meet them: an unmodified tus-js-client uploads, others read, each as far as the room lets them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { breakingRelay, noise, png, sha256, upload } from './lib/files.mjs';
import { register, startServer, waitFor } from './lib/server.mjs';

let server;
let ann;
let bob;
let eve;
let room;

before(async () => {
  server = await startServer();
  ann = await register(server, 'Ann');
  bob = await register(server, 'Bob');
  eve = await register(server, 'Eve');
  room = await ann.api.post(
    '/rooms',
    { name: 'Files', type: 'group', visibility: 'private', memberIds: [bob.user.id] },
    { status: 201 },
  );
});
after(() => server?.end());

const content = (person, fileId, { query = '', ...options } = {}) =>
  fetch(`${server.url}/api/v1/files/${fileId}/content${query}`, {
    ...options,
    headers: { ...(person ? { authorization: `Bearer ${person.accessToken}` } : {}), ...options.headers },
  });
const bytesOf = async (response) => Buffer.from(await response.arrayBuffer());
const share = (bytes, filename, more = {}) =>
  upload(server, ann, bytes, { metadata: { filename, roomId: room.id, ...more } });

test('an upload that breaks three times arrives whole', async () => {
  const bytes = noise(24 << 20);
  const relay = await breakingRelay(server.url, [3 << 20, 9 << 20, 17 << 20]);
  try {
    const { fileId, attempts } = await upload(server, ann, bytes, {
      base: relay.url,
      metadata: { filename: 'großes Bild.bin', filetype: 'application/octet-stream', roomId: room.id },
    });
    assert.equal(relay.broken(), 3);
    assert.ok(attempts >= 4);
    const file = await bob.api.get(`/files/${fileId}`);
    assert.equal(file.sha256, sha256(bytes));
    assert.equal(file.size, bytes.length);
    assert.equal(file.name, 'großes Bild.bin');
    assert.equal(file.roomId, room.id);
    const response = await content(bob, fileId);
    assert.equal(sha256(await bytesOf(response)), sha256(bytes));
    assert.match(response.headers.get('content-disposition'), /^attachment; .*filename\*=UTF-8''gro%C3%9Fes%20Bild\.bin$/);
  } finally {
    await relay.end();
  }
});

test('an upload goes on after the server was killed', async () => {
  const bytes = noise(32 << 20);
  let killed = false;
  const { fileId } = await upload(server, ann, bytes, {
    metadata: { filename: 'survivor.bin', roomId: room.id },
    chunkSize: 4 << 20,
    onStart: (task) => {
      task.options.onProgress = (sent) => {
        if (killed || sent < 14 << 20) return;
        killed = true;
        server.restart('SIGKILL');
      };
    },
    retryDelays: Array.from({ length: 60 }, () => 200),
  });
  assert.ok(killed);
  await waitFor('the restart', async () => (await fetch(`${server.url}/readyz`)).ok);
  const file = await bob.api.get(`/files/${fileId}`);
  assert.equal(file.sha256, sha256(bytes));
});

test('parts that are sent side by side become one file', async () => {
  const bytes = noise(6 << 20);
  const { fileId } = await upload(server, ann, bytes, {
    metadata: { filename: 'parallel.bin', roomId: room.id },
    metadataForPartialUploads: { filename: 'part' },
    parallelUploads: 3,
  });
  const id = fileId ?? (await ann.api.get(`/rooms/${room.id}/files`)).items.find((f) => f.name === 'parallel.bin').id;
  assert.equal((await bob.api.get(`/files/${id}`)).sha256, sha256(bytes));
});

test('a length that is told late is fine', async () => {
  const { Readable } = await import('node:stream');
  const bytes = noise(3 << 20);
  const { fileId } = await upload(server, ann, Readable.from([bytes.subarray(0, 1 << 20), bytes.subarray(1 << 20)]), {
    metadata: { filename: 'late.bin', roomId: room.id },
    uploadLengthDeferred: true,
    chunkSize: 1 << 20,
  });
  assert.equal((await bob.api.get(`/files/${fileId}`)).sha256, sha256(bytes));
});

test('programs are refused with a reason', async () => {
  await assert.rejects(share(noise(100), 'setup.exe'), (error) => {
    assert.equal(error.originalResponse.getStatus(), 415);
    assert.match(JSON.parse(error.originalResponse.getBody()).detail, /\.exe/);
    return true;
  });
});

test('nobody outside the room uploads to it, sees or reads its files', async () => {
  const { fileId } = await share(Buffer.from('secret'), 'secret.txt');
  await eve.api.get(`/files/${fileId}`, { status: 404 });
  await eve.api.get(`/rooms/${room.id}/files`, { status: 404 });
  assert.equal((await content(eve, fileId)).status, 404);
  assert.equal((await content(undefined, fileId)).status, 401);
  await assert.rejects(
    upload(server, eve, Buffer.from('x'), { metadata: { filename: 'x', roomId: room.id } }),
    (error) => error.originalResponse.getStatus() === 404,
  );
});

test('ranges, conditions and unsafe types', async () => {
  const { fileId } = await share(Buffer.from('0123456789'), 'digits.txt');
  const whole = await content(bob, fileId);
  const etag = whole.headers.get('etag');
  assert.equal(whole.headers.get('accept-ranges'), 'bytes');
  assert.equal(whole.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(await whole.text(), '0123456789');
  const part = await content(bob, fileId, { headers: { range: 'bytes=2-4' } });
  assert.equal(part.status, 206);
  assert.equal(part.headers.get('content-range'), 'bytes 2-4/10');
  assert.equal(await part.text(), '234');
  assert.equal((await content(bob, fileId, { headers: { range: 'bytes=20-' } })).status, 416);
  const stale = await content(bob, fileId, { headers: { range: 'bytes=2-4', 'if-range': '"other"' } });
  assert.equal(stale.status, 200);
  assert.equal((await content(bob, fileId, { headers: { 'if-none-match': etag } })).status, 304);
  const head = await content(bob, fileId, { method: 'HEAD' });
  assert.equal(head.headers.get('content-length'), '10');

  const page = await share(Buffer.from('<!DOCTYPE html><html><script>alert(1)</script></html>'), 'page.html');
  const answer = await content(bob, page.fileId);
  assert.equal(answer.headers.get('content-type'), 'application/octet-stream');
  assert.match(answer.headers.get('content-disposition'), /^attachment/);
  assert.match(answer.headers.get('content-security-policy'), /sandbox/);
});

test('versions are added, listed and restored', async () => {
  const { fileId } = await share(Buffer.from('first'), 'plan.txt');
  const second = await share(Buffer.from('second'), 'plan.txt', { fileId, note: 'better' });
  assert.equal(second.fileId, fileId);
  const { items } = await bob.api.get(`/files/${fileId}/versions`);
  assert.deepEqual(
    items.map((version) => [version.number, version.note]),
    [
      [2, 'better'],
      [1, ''],
    ],
  );
  assert.equal(await (await content(bob, fileId)).text(), 'second');
  assert.equal(await (await content(bob, fileId, { query: '?version=1' })).text(), 'first');
  const restored = await ann.api.post(`/files/${fileId}/versions/1/restore`, {});
  assert.equal(restored.version, 3);
  assert.equal(await (await content(bob, fileId)).text(), 'first');
});

test('pictures and texts have previews', async () => {
  const { fileId } = await share(await png(2000, 1000), 'picture.png');
  const file = await bob.api.get(`/files/${fileId}`);
  assert.deepEqual(
    file.previews.map((preview) => preview.size),
    [64, 320, 1280],
  );
  for (const { url } of file.previews) {
    const response = await fetch(`${server.url}${url}`, { headers: { authorization: `Bearer ${bob.accessToken}` } });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'image/webp');
    assert.equal((await bytesOf(response)).subarray(8, 12).toString(), 'WEBP');
    assert.equal((await fetch(`${server.url}${url}`)).status, 401);
  }
  const text = await share(Buffer.from('some words'), 'words.txt');
  const [preview] = (await bob.api.get(`/files/${text.fileId}`)).previews;
  assert.equal(preview.kind, 'text');
  const response = await fetch(`${server.url}${preview.url}`, { headers: { authorization: `Bearer ${bob.accessToken}` } });
  assert.equal(await response.text(), 'some words');
});

test('signed URLs need no header and end with the right to the file', async () => {
  const { fileId } = await share(Buffer.from('signed'), 'signed.txt');
  const carl = await register(server, 'Carl');
  await ann.api.post(`/rooms/${room.id}/members`, { userId: carl.user.id, role: 'member' }, { status: 201 });
  const { url, expiresAt } = await carl.api.post(`/files/${fileId}/url`, { download: true });
  assert.ok(Date.parse(expiresAt) > Date.now());
  const absolute = new URL(url, server.url);
  const response = await fetch(absolute);
  assert.equal(await response.text(), 'signed');
  assert.match(response.headers.get('content-disposition'), /^attachment/);
  const forged = new URL(absolute);
  forged.searchParams.set('e', String(Number(forged.searchParams.get('e')) + 60));
  assert.equal((await fetch(forged)).status, 403);
  await ann.api.delete(`/rooms/${room.id}/members/${carl.user.id}`, { status: 204 });
  assert.equal((await fetch(absolute)).status, 404);
});

test('grants reach persons and links, with expiry and password', async () => {
  const { fileId } = await share(Buffer.from('granted'), 'granted.txt');
  await ann.api.post(`/files/${fileId}/grants`, { kind: 'user', userId: eve.user.id }, { status: 201 });
  assert.equal(await (await content(eve, fileId)).text(), 'granted');
  assert.ok((await eve.api.get('/files?shared=true')).items.some((file) => file.id === fileId));
  const link = await ann.api.post(`/files/${fileId}/grants`, { kind: 'link', password: 'open sesame' }, { status: 201 });
  const shared = `${server.url}/api/v1/shared/${link.token}`;
  const ask = (body) =>
    fetch(shared, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  assert.equal((await fetch(shared)).status, 401);
  assert.equal((await ask({ password: 'wrong' })).status, 401);
  const view = await (await ask({ password: 'open sesame' })).json();
  assert.equal(view.file.name, 'granted.txt');
  assert.equal(view.file.ownerId, undefined);
  assert.equal(await (await fetch(new URL(view.url, server.url))).text(), 'granted');

  const { items } = await ann.api.get(`/files/${fileId}/grants`);
  assert.deepEqual(items.map((grant) => grant.kind).sort(), ['link', 'user']);
  for (const grant of items) await ann.api.delete(`/files/${fileId}/grants/${grant.id}`, { status: 204 });
  assert.equal((await content(eve, fileId)).status, 404);
  assert.equal((await fetch(new URL(view.url, server.url))).status, 404);
  assert.equal((await ask({ password: 'open sesame' })).status, 404);
});

test('downloads tell who fetched which version', async () => {
  const { fileId } = await share(Buffer.from('tracked'), 'tracked.txt');
  await (await content(bob, fileId)).text();
  const items = await waitFor('the download', async () => {
    const page = await ann.api.get(`/files/${fileId}/downloads`);
    return page.items.length === 1 && page.items[0].complete && page.items;
  });
  assert.equal(items[0].userId, bob.user.id);
  assert.equal(items[0].userName, 'Bob');
  assert.equal(items[0].version, 1);
  assert.equal(items[0].bytes, 7);
  await bob.api.get(`/files/${fileId}/downloads`, { status: 403 });
});

test('a download ends within 200 ms of its reader’s removal', async () => {
  const dora = await register(server, 'Dora');
  await ann.api.post(`/rooms/${room.id}/members`, { userId: dora.user.id, role: 'member' }, { status: 201 });
  const { fileId } = await share(noise(64 << 20), 'long.bin');
  const response = await content(dora, fileId);
  const reader = response.body.getReader();
  await reader.read();
  // Nothing is read for a moment: the server waits for room in the network's buffers.
  await new Promise((resolve) => setTimeout(resolve, 200));
  const removed = ann.api.delete(`/rooms/${room.id}/members/${dora.user.id}`, { status: 204 });
  await removed;
  const begun = Date.now();
  await assert.rejects(async () => {
    for (;;) {
      const { done } = await reader.read();
      if (done) break;
    }
  });
  assert.ok(Date.now() - begun < 1000);
});

test('names can be searched, changed and deleted', async () => {
  const { fileId } = await share(Buffer.from('x'), 'zanzibar-budget.txt');
  const found = await bob.api.get('/search?q=zanzibar');
  assert.ok(found.items.some((item) => item.kind === 'file' && item.fileId === fileId));
  await ann.api.patch(`/files/${fileId}`, { name: 'madagascar-budget.txt' });
  assert.equal((await bob.api.get('/search?q=madagascar')).items.length, 1);
  await ann.api.delete(`/files/${fileId}`, { status: 204 });
  await bob.api.get(`/files/${fileId}`, { status: 404 });
  assert.equal((await bob.api.get('/search?q=madagascar')).items.length, 0);
});
