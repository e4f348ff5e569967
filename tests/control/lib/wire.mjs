// The framing without a client library: bare requests and WebSockets, packet by packet.
import path from 'node:path';
import { test } from 'node:test';

import { WebSocket } from 'ws';

import { lateness } from './lateness.mjs';
import { kBinaries, Program, waitFor } from './server.mjs';

const kFolder = process.env.PARLEY_BIN ? path.dirname(process.env.PARLEY_BIN) : kBinaries;
const kEcho = process.env.SOCKETIO_ECHO_BIN ?? path.join(kFolder, 'socketio-echo');

/** What the echo server is set to, in milliseconds and bytes. */
export const kEchoSettings = { pingInterval: 300, pingTimeout: 200, maxPayload: 1_000_000 };

/** The echo server on a port of its own: `{ url, end() }`. */
export async function startEcho() {
  const program = new Program(kEcho, ['--port', '0']);
  const port = await waitFor('the port', () => program.output.match(/listening on port (\d+)/)?.[1]);
  return { url: `http://127.0.0.1:${port}`, end: () => program.end('SIGTERM') };
}

/** A WebSocket whose packets are taken one by one. Pings are answered and not shown, unless `heartbeat` is 'shown'. */
export class Wire {
  constructor(url, { heartbeat = 'answered' } = {}) {
    this.socket = new WebSocket(url);
    this.packets = [];
    this.socket.once('unexpected-response', (request, response) => {
      this.status = response.statusCode;
      request.destroy();
    });
    this.socket.on('error', () => {});
    this.socket.on('message', (data, binary) => {
      const packet = binary ? data : data.toString();
      if (packet === '2' && heartbeat === 'answered') this.socket.send('3');
      else this.packets.push(packet);
    });
  }

  /** The next packet: text, or a Buffer. */
  async next() {
    return waitFor('a packet', () => {
      if (this.packets.length > 0) return this.packets.shift();
      if (this.over) throw Object.assign(new Error('the connection is closed'), { final: true });
    });
  }

  get over() {
    return this.socket.readyState === WebSocket.CLOSED;
  }

  opened() {
    return waitFor('the connection', () => this.socket.readyState === WebSocket.OPEN);
  }

  closed() {
    return waitFor('the end of the connection', () => this.over);
  }

  /** The status that came instead of a WebSocket. */
  refused() {
    return waitFor('a refusal', () => this.status);
  }

  send(...packets) {
    for (const packet of packets) this.socket.send(packet);
  }

  close() {
    this.socket.terminate();
  }
}

/** One place of the server where Engine.IO is spoken. */
export class Endpoint {
  constructor(url, at) {
    this.base = `${url}${at}`;
  }

  address(query) {
    const all = { EIO: 4, ...query };
    const given = Object.entries(all).filter(([, value]) => value !== undefined);
    return `${this.base}?${new URLSearchParams(given)}`;
  }

  async request(query, options) {
    const response = await fetch(this.address({ transport: 'polling', ...query }), options);
    return { status: response.status, text: await response.text() };
  }

  poll(sid) {
    return this.request({ sid });
  }

  push(sid, body) {
    return this.request({ sid }, { method: 'POST', body });
  }

  /** A new session on long polling: what the server said of it. */
  async open() {
    const { text } = await this.request();
    return JSON.parse(text.slice(1));
  }

  wire(query, options) {
    return new Wire(this.address({ transport: 'websocket', ...query }).replace('http', 'ws'), options);
  }

  /** A new session on a WebSocket, past the handshake. */
  async openWire(options) {
    const wire = this.wire({}, options);
    await wire.next();
    return wire;
  }

  /** A session on long polling, and a WebSocket on which it may go on. */
  async probed() {
    const { sid } = await this.open();
    const wire = this.wire({ sid });
    await wire.opened();
    wire.send('2probe');
    const answer = await wire.next();
    return { sid, wire, answer };
  }
}

const kPatience = 60_000;
const kLate = kEchoSettings.pingTimeout / 8;

/**
 * A test beside a heartbeat of 300 ms. On a machine that was late by a part of that, a failure has shown nothing, and the
 * test tries again.
 */
export function beatTest(name, body) {
  test(name, async () => {
    const end = Date.now() + kPatience;
    for (;;) {
      const late = lateness();
      try {
        return await body();
      } catch (error) {
        if (Date.now() > end || late.most() < kLate) throw error;
      } finally {
        late.stop();
      }
    }
  });
}
