// What becomes of uploads that are given up, of files that are deleted, and of the space that they took.
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { falseClock } from './lib/faults.mjs';
import { noise, sha256, upload } from './lib/files.mjs';
import { register, startServer, waitFor } from './lib/server.mjs';

const kMiB = 1 << 20;
const kPlain = { 'auth.password_cost': 'minimal' };

let server;
let ann;

before(async () => {
  server = await startServer({ settings: { ...kPlain, 'files.quota_per_user': '6MiB', 'files.upload_ttl': '3s' } });
  ann = await register(server, 'Ann');
});
after(() => server?.end());

const storage = (person = ann) => person.api.get('/admin/storage');

/** Files below a folder of the server, without those of SQLite. */
async function filesIn(where, home = server.folder) {
  const found = await readdir(path.join(home, 'files', where), { recursive: true, withFileTypes: true }).catch(() => []);
  return found.filter((entry) => entry.isFile()).map(({ name }) => name);
}

const tus = (person, method, url, headers = {}, body) =>
  fetch(new URL(url, server.url), {
    method,
    body,
    headers: { 'tus-resumable': '1.0.0', authorization: `Bearer ${person.accessToken}`, ...headers },
  });

/** An upload of tus-js-client that stands still behind its first piece: the task. */
function standing(person, bytes, pieces = { chunkSize: kMiB }) {
  return new Promise((resolve, reject) => {
    const held = upload(server, person, bytes, {
      metadata: { filename: 'held.bin' },
      ...pieces,
      onStart: (task) => {
        task.options.onChunkComplete = async () => {
          await task.abort();
          resolve(task);
        };
      },
    });
    held.catch(reject);
  });
}

const refusedFor = (status) => (error) => {
  assert.equal(error.originalResponse?.getStatus(), status, error.message);
  return true;
};

test('an upload that its client terminates leaves nothing behind, and its space is free', async () => {
  const task = await standing(ann, noise(4 * kMiB));
  const held = await storage();
  assert.deepEqual([held.uploads, held.uploadBytes], [1, kMiB]);
  assert.equal((await filesIn('uploads')).length, 1);
  // What is under way counts: there is no room for as much again.
  const next = noise(4 * kMiB);
  await assert.rejects(upload(server, ann, next, { metadata: { filename: 'next.bin' } }), refusedFor(413));

  await task.abort(true);
  const freed = await storage();
  assert.deepEqual([freed.uploads, freed.uploadBytes], [0, 0]);
  assert.deepEqual(await filesIn('uploads'), []);
  for (const method of ['HEAD', 'DELETE']) assert.equal((await tus(ann, method, task.url)).status, 404, method);
  const { fileId } = await upload(server, ann, next, { metadata: { filename: 'next.bin' } });
  assert.equal((await ann.api.get(`/files/${fileId}`)).sha256, sha256(next));
  await ann.api.delete(`/files/${fileId}`, { status: 204 });
});

test('nobody terminates the upload of another', async () => {
  const task = await standing(ann, noise(2 * kMiB));
  const ben = await register(server, 'Ben');
  for (const method of ['HEAD', 'DELETE']) assert.equal((await tus(ben, method, task.url)).status, 404, method);
  assert.equal((await tus(ann, 'HEAD', task.url)).headers.get('upload-offset'), `${kMiB}`);
  await task.abort(true);
});

test('a file that is deleted is gone at once, and its quota with it', async () => {
  const bytes = noise(5 * kMiB);
  const full = { metadata: { filename: 'full.bin' } };
  const { fileId } = await upload(server, ann, bytes, full);
  assert.equal((await storage()).bytes, bytes.length);
  await assert.rejects(upload(server, ann, noise(2 * kMiB), full), refusedFor(413));
  await ann.api.delete(`/files/${fileId}`, { status: 204 });
  assert.equal((await storage()).bytes, 0);
  await ann.api.get(`/files/${fileId}/content`, { status: 404 });
  const again = await upload(server, ann, noise(2 * kMiB), full);
  await ann.api.delete(`/files/${again.fileId}`, { status: 204 });
});

test('an upload without a byte for too long expires, when it said it would', async () => {
  const task = await standing(ann, noise(3 * kMiB));
  const head = await tus(ann, 'HEAD', task.url);
  const expires = Date.parse(head.headers.get('upload-expires'));
  assert.ok(expires > Date.now() - 1_000 && expires < Date.now() + 10_000, head.headers.get('upload-expires'));
  await waitFor('the expiry', async () => (await tus(ann, 'HEAD', task.url)).status === 404);
  assert.ok(Date.now() >= expires - 1_000, 'it was there until then'); // the header counts in seconds
  const piece = { 'upload-offset': `${kMiB}`, 'content-type': 'application/offset+octet-stream' };
  assert.equal((await tus(ann, 'PATCH', task.url, piece, noise(10))).status, 404);
  // The sweep comes every few minutes, and first of all after a start.
  await server.restart('SIGTERM');
  await waitFor('the sweep', async () => (await filesIn('uploads')).length === 0);
  assert.equal((await storage()).uploads, 0);
});

test('content that nothing names is removed after a day', async (t) => {
  const clock = await falseClock();
  if (!clock) return t.skip('libfaketime is not installed');
  t.after(() => clock.end());
  const other = await startServer({ env: clock.env, settings: kPlain });
  t.after(() => other.end());
  const eve = await register(other, 'Eve');
  const [gone, kept] = [noise(kMiB), noise(kMiB)];
  const doomed = await upload(other, eve, gone, { metadata: { filename: 'gone.bin' } });
  await upload(other, eve, kept, { metadata: { filename: 'kept.bin' } });
  await eve.api.delete(`/files/${doomed.fileId}`, { status: 204 });
  const objects = async () => (await filesIn('objects', other.folder)).sort();
  for (const hours of [23, 25]) {
    await clock.set(hours * 3_600);
    await other.restart('SIGTERM');
    const left = hours < 24 ? [sha256(gone), sha256(kept)].sort() : [sha256(kept)];
    if (hours > 24) await waitFor('the collection', async () => (await objects()).length === 1);
    assert.deepEqual(await objects(), left);
  }
  const { accessToken } = await other.api().post('/auth/login', eve);
  const { bytes, storedBytes } = await other.api(accessToken).get('/admin/storage');
  assert.deepEqual([bytes, storedBytes], [kMiB, kMiB]);
});
