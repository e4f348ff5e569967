import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { fileURLToPath } from 'node:url';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const client = (name) => here(`../node_modules/livekit-client/dist/${name}`);

const files = {
  '/': [here('page.html'), 'text/html; charset=utf-8'],
  '/page.mjs': [here('page.mjs'), 'text/javascript'],
  '/stats.mjs': [here('stats.mjs'), 'text/javascript'],
  '/livekit-client.mjs': [client('livekit-client.esm.mjs'), 'text/javascript'],
  '/e2ee-worker.mjs': [client('livekit-client.e2ee.worker.mjs'), 'text/javascript'],
};

/** Serves the page of the tests; an origin on 127.0.0.1 is a secure context, so camera and screen are allowed. */
export async function serveSite() {
  const server = http.createServer(async (request, response) => {
    const entry = files[new URL(request.url, 'http://site').pathname];
    if (!entry) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': entry[1] }).end(await readFile(entry[0]));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections?.();
      }),
  };
}
