import { spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';
import { waitFor } from './wait.mjs';

export const kApiKey = 'devkey';
export const kApiSecret = 'secret';
const kShards = 2;
const kLogTail = 200;

const built = fileURLToPath(new URL('../../../build/release/bin/parley', import.meta.url));

function freeTcpPort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function bindUdp(port) {
  return new Promise((resolve, reject) => {
    const socket = dgram.createSocket('udp4');
    socket.once('error', reject);
    socket.bind(port, () => resolve(socket));
  });
}

/** First of `count` neighbouring UDP ports, because shard i listens on the base port plus i. */
async function freeUdpPorts(count) {
  for (let attempt = 0; attempt < 50; ++attempt) {
    const sockets = [];
    try {
      sockets.push(await bindUdp(0));
      const base = sockets[0].address().port;
      for (let i = 1; i < count; ++i) sockets.push(await bindUdp(base + i));
      return base;
    } catch {
      // A neighbour is taken: try another base.
    } finally {
      for (const socket of sockets) socket.close();
    }
  }
  throw new Error(`no ${count} neighbouring UDP ports are free`);
}

/** One running `parley serve --dev` on ports of its own. */
export class Server {
  static async start(settings = {}) {
    const server = new Server();
    server.port = await freeTcpPort();
    server.dataDir = await mkdtemp(path.join(os.tmpdir(), 'parley-interop-'));
    const all = {
      'http.listen': `127.0.0.1:${server.port}`,
      'rtc.shards': kShards,
      'rtc.udp_port': await freeUdpPorts(kShards),
      'rtc.tcp_port': await freeTcpPort(),
      data_dir: server.dataDir,
      drain_timeout: '200ms',
      'log.level': process.env.PARLEY_LOG ?? 'debug',
      ...settings,
    };
    server.settings = all;
    const args = ['serve', '--dev'];
    for (const [key, value] of Object.entries(all)) args.push('--set', `${key}=${value}`);
    server.#spawn(args);
    await waitFor(
      'the server to be ready',
      async () => {
        if (server.exit) throw new Error(`the server ended at start: ${server.log()}`);
        return (await fetch(`${server.httpUrl}/readyz`)).ok;
      },
      10_000,
    );
    return server;
  }

  #lines = [];
  #stopping = false;
  exit = undefined;

  #spawn(args) {
    const child = spawn(process.env.PARLEY_BIN ?? built, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        this.#lines.push(...text.split('\n').filter(Boolean));
        if (this.#lines.length > 20_000) this.#lines.splice(0, 10_000);
      });
    }
    const killChild = () => child.kill('SIGKILL');
    process.once('exit', killChild);
    this.ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        process.removeListener('exit', killChild);
        this.exit = { code, signal, expected: this.#stopping };
        resolve(this.exit);
      });
    });
  }

  get httpUrl() {
    return `http://127.0.0.1:${this.port}`;
  }

  get wsUrl() {
    return `ws://127.0.0.1:${this.port}`;
  }

  log(lines = kLogTail) {
    return this.#lines.slice(-lines).join('\n');
  }

  async metrics() {
    return (await fetch(`${this.httpUrl}/metrics`)).text();
  }

  /** Token of `identity` for `room`; `grant` adds to or overrides the video grant. */
  token(identity, room, grant = {}, options = {}) {
    const token = new AccessToken(kApiKey, kApiSecret, { identity, ttl: '10m', ...options });
    token.addGrant({ roomJoin: true, room, canUpdateOwnMetadata: true, ...grant });
    return token.toJwt();
  }

  roomService() {
    return new RoomServiceClient(this.httpUrl, kApiKey, kApiSecret);
  }

  /** Ends the server and throws when it had crashed before or does not end cleanly. */
  async stop() {
    if (!this.exit) {
      this.#stopping = true;
      this.child.kill('SIGTERM');
    }
    const late = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    const exit = await this.ended;
    clearTimeout(late);
    await rm(this.dataDir, { recursive: true, force: true });
    if (!exit.expected || exit.code !== 0) {
      throw new Error(`the server ended with ${JSON.stringify(exit)}:\n${this.log()}`);
    }
  }
}
