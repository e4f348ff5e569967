// A web site of somebody's, on all addresses of this machine.
import http from 'node:http';

/** `answer(path)` gives `{ type, body }`. `asked` holds the requests: `{ path, agent }`. */
export async function startSite(answer) {
  const asked = [];
  const listening = http.createServer((request, response) => {
    asked.push({ path: request.url, agent: request.headers['user-agent'] });
    const { type, body } = answer(request.url);
    response.setHeader('content-type', type);
    response.end(body);
  });
  await new Promise((resolve) => listening.listen(0, '0.0.0.0', resolve));
  const { port } = listening.address();
  return { asked, url: (path, host = '127.0.0.1') => `http://${host}:${port}${path}`, end: () => listening.close() };
}
