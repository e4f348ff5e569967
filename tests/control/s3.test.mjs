// Content in a real S3-compatible server: large objects in parts, reading by ranges.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import S3rver from 's3rver';

import { noise, png, sha256, upload } from './lib/files.mjs';
import { register, startServer } from './lib/server.mjs';

test('uploads live in S3 and are read from there', async (t) => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'parley-s3-'));
  const requests = [];
  const s3 = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: 'parley' }],
  });
  s3.middleware.unshift(async (context, next) => {
    await next();
    requests.push({ method: context.method, path: context.path, query: context.querystring, status: context.status });
  });
  const address = await s3.run();
  t.after(async () => {
    await s3.close();
    await rm(directory, { recursive: true, force: true });
  });
  const server = await startServer({
    settings: {
      'files.storage': 's3',
      'files.s3.endpoint': `http://127.0.0.1:${address.port}`,
      'files.s3.bucket': 'parley',
      'files.s3.access_key': 'S3RVER',
      'files.s3.secret_key': 'S3RVER',
    },
  });
  t.after(() => server.end());
  const ann = await register(server, 'Ann');
  const fetchContent = (fileId, headers = {}) =>
    fetch(`${server.url}/api/v1/files/${fileId}/content`, {
      headers: { authorization: `Bearer ${ann.accessToken}`, ...headers },
    });

  const large = noise(40 << 20);
  const { fileId } = await upload(server, ann, large, { metadata: { filename: 'large.bin' } });
  const file = await ann.api.get(`/files/${fileId}`);
  assert.equal(file.sha256, sha256(large));
  const parts = requests.filter((r) => r.method === 'PUT' && /partNumber=/.test(r.query));
  assert.equal(parts.length, 3, 'three parts of at most 16 MiB');
  assert.ok(requests.every((r) => r.status < 400 || r.status === 404), JSON.stringify(requests));

  const whole = Buffer.from(await (await fetchContent(fileId)).arrayBuffer());
  assert.equal(sha256(whole), sha256(large));
  const part = await fetchContent(fileId, { range: 'bytes=1048570-1048585' });
  assert.equal(part.status, 206);
  assert.deepEqual(Buffer.from(await part.arrayBuffer()), large.subarray(1048570, 1048586));

  const picture = await upload(server, ann, await png(400, 300), { metadata: { filename: 'p.png' } });
  const preview = await fetch(`${server.url}/api/v1/files/${picture.fileId}/previews/64`, {
    headers: { authorization: `Bearer ${ann.accessToken}` },
  });
  assert.equal(preview.headers.get('content-type'), 'image/webp');
});
