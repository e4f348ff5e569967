// Uploads with an unmodified tus-js-client, and what tests of files need besides.
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import net from 'node:net';
import * as tus from 'tus-js-client';

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/**
 * Uploads bytes (a Buffer, or the path of a file of `size` bytes) as tus-js-client does: `{ fileId, url, attempts }`.
 * `upload` may be watched through `onStart(upload)`; other options are tus-js-client's own.
 */
export function upload(server, person, bytes, { metadata, onStart, base = server.url, size, ...options }) {
  return new Promise((resolve, reject) => {
    let attempts = 0;
    let fileId;
    const source = typeof bytes === 'string' ? createReadStream(bytes) : bytes;
    const task = new tus.Upload(source, {
      endpoint: `${base}/api/v1/uploads`,
      headers: { authorization: `Bearer ${person.accessToken}` },
      metadata,
      retryDelays: [0, 50, 100, 200, 500, 1000, 1000, 1000],
      uploadSize: size,
      onBeforeRequest: (request) => {
        // tus-js-client follows Location, which is a path: it stays with the address that it was given.
        attempts += request.getMethod() === 'PATCH' ? 1 : 0;
      },
      onAfterResponse: (_request, response) => {
        fileId = response.getHeader('Parley-File-Id') ?? fileId;
      },
      onError: reject,
      onSuccess: () => resolve({ fileId, url: task.url, attempts }),
      ...options,
    });
    onStart?.(task);
    task.start();
  });
}

/** A relay that breaks its connections once so many bytes went through, as often as it is told to. */
export async function breakingRelay(target, breaksAt) {
  const breaks = [...breaksAt];
  let passed = 0;
  let broken = 0;
  const { hostname, port } = new URL(target);
  const relay = net.createServer((client) => {
    const upstream = net.connect(Number(port), hostname);
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    client.on('data', (chunk) => {
      passed += chunk.length;
      if (breaks.length > 0 && passed >= breaks[0]) {
        breaks.shift();
        broken += 1;
        end();
        return;
      }
      if (!upstream.write(chunk)) {
        client.pause();
        upstream.once('drain', () => client.resume());
      }
    });
    upstream.pipe(client);
    for (const side of [client, upstream]) {
      side.on('error', end);
      side.on('close', end);
    }
  });
  await new Promise((resolve) => relay.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${relay.address().port}`,
    broken: () => broken,
    end: () => new Promise((resolve) => relay.close(resolve)),
  };
}

/** Bytes by chance, but for the first: some beginnings are those of programs, which no server takes. */
export function noise(size) {
  const bytes = randomBytes(size);
  bytes.write('noise: '.slice(0, size), 'latin1');
  return bytes;
}

/** A PNG of one colour, made by hand. */
export async function png(width, height) {
  const { crc32, deflateSync } = await import('node:zlib');
  const crc = crc32 ?? ((data) => crcOf(data));
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (1 + width * 3), 0x80);
  for (let y = 0; y < height; ++y) rows[y * (1 + width * 3)] = 0;
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crcOf(data) {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; ++bit) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
