// A page of another origin than the server's, with the clients that browsers load.
import { readFile } from 'node:fs/promises';
import http from 'node:http';

const library = (name) => new URL(`../node_modules/${name}`, import.meta.url);
const kFiles = {
  '/simple-peer.js': library('simple-peer/simplepeer.min.js'),
  '/socket.io.js': library('socket.io-client/dist/socket.io.min.js'),
  '/tus.js': library('tus-js-client/dist/tus.min.js'),
};
const kScripts = Object.keys(kFiles).map((url) => `<script src="${url}"></script>`).join('');

/** Serves it, with more in its body: `{ url, end() }`. */
export async function serveLibraries(body = '') {
  const page = `<!doctype html><meta charset="utf-8">${kScripts}${body}`;
  const site = http.createServer(async ({ url }, response) => {
    const content = url === '/' ? page : kFiles[url] && (await readFile(kFiles[url]));
    response.writeHead(content ? 200 : 404, { 'content-type': url === '/' ? 'text/html' : 'text/javascript' }).end(content);
  });
  await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${site.address().port}/`,
    end: () => {
      site.close();
      site.closeAllConnections();
    },
  };
}
