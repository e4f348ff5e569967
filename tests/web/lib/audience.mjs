// Many people in one call from one page: real connections of livekit-client, without sound and pictures of their own.
import http from 'node:http';
import { readFile } from 'node:fs/promises';
import { signJwt } from '../../control/lib/jwt.mjs';

const client = new URL('../../../web/node_modules/livekit-client/dist/livekit-client.esm.mjs', import.meta.url);

/** The key of servers in developer mode. */
const tokenFor = (room, name) => {
  const now = Math.floor(Date.now() / 1000);
  const video = { roomJoin: true, room, canPublish: false, canSubscribe: true, canPublishData: false };
  return signJwt({ iss: 'devkey', sub: name, name, nbf: now - 10, exp: now + 3600, video }, 'secret');
};

async function serveClient() {
  const code = await readFile(client);
  const server = http.createServer(({ url }, response) => {
    const script = url === '/client.mjs';
    response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html');
    response.end(script ? code : '<!doctype html><link rel="icon" href="data:,">');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Runs in the page: a few at a time come into the room. */
async function comeIn({ url, tokens }) {
  const { Room } = await import('/client.mjs');
  const waiting = [...tokens];
  const one = async () => {
    for (let token = waiting.pop(); token; token = waiting.pop()) await new Room().connect(url, token, { autoSubscribe: false });
  };
  await Promise.all(Array.from({ length: 6 }, one));
}

/** Fills the media room with people of these names; they stay until the browser's `context` is closed. */
export async function fill(world, context, room, names) {
  const server = await serveClient();
  world.t.after(() => server.close());
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const url = world.server.url.replace('http', 'ws');
  await page.evaluate(comeIn, { url, tokens: names.map((name) => tokenFor(room, name)) });
}
