// A receiver of webhooks, which checks what LiveKit's server SDKs check.
import { createHash } from 'node:crypto';
import http from 'node:http';

import { claimsOf } from './jwt.mjs';

/** What is wrong with a request; undefined: nothing. */
function faultOf(request, body) {
  if (request.method !== 'POST') return request.method;
  if (request.headers['content-type'] !== 'application/webhook+json') return request.headers['content-type'];
  const { iss, exp, nbf, sha256 } = claimsOf(request.headers.authorization, 'secret');
  if (iss !== 'devkey') return `signed by ${iss}`;
  const now = Date.now() / 1000;
  if (!(exp > now && exp <= now + 330 && (nbf ?? 0) <= now + 30)) return `lives from ${nbf} until ${exp}`;
  const expected = createHash('sha256').update(body).digest('base64');
  return sha256 === expected ? undefined : `the hash is ${sha256}`;
}

/**
 * Listens until `end()`. `got` holds the events in the order of their coming, repetitions too; `faults` what no receiver
 * would take. `status(event)` says what each is answered.
 */
export async function startReceiver() {
  const receiver = { got: [], faults: [], status: () => 200 };
  const listening = http.createServer(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const body = Buffer.concat(pieces);
    try {
      const fault = faultOf(request, body);
      if (fault) receiver.faults.push(fault);
    } catch (error) {
      receiver.faults.push(error.message);
    }
    const event = JSON.parse(body);
    receiver.got.push(event);
    response.statusCode = receiver.status(event);
    response.end();
  });
  await new Promise((resolve) => listening.listen(0, '127.0.0.1', resolve));
  receiver.url = `http://127.0.0.1:${listening.address().port}/hook`;
  receiver.end = () => {
    listening.close();
    listening.closeAllConnections();
  };
  return receiver;
}
