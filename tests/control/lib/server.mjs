// Runs the server on ports of its own, with a folder of its own, and talks REST to it.
import { spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const kBinaries = fileURLToPath(new URL('../../../build/release/bin/', import.meta.url));
const kProgram = process.env.PARLEY_BIN ?? path.join(kBinaries, 'parley');
const kPatience = 20_000;

/** Asks until the answer is neither undefined nor false. Errors count as not yet, unless they are marked `final`. */
export async function waitFor(what, ask, patience = kPatience) {
  const end = Date.now() + patience;
  for (;;) {
    let failure;
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      if (error.final) throw error;
      failure = error;
    }
    if (Date.now() > end) throw new Error(`${what} did not come: ${failure?.message ?? 'no error'}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function freePort(kind) {
  if (kind === 'udp') {
    const socket = dgram.createSocket('udp6');
    await new Promise((resolve) => socket.bind({ port: 0, address: '::', exclusive: true }, resolve));
    const { port } = socket.address();
    await new Promise((resolve) => socket.close(resolve));
    return port;
  }
  const server = net.createServer();
  await new Promise((resolve) => server.listen({ port: 0, host: '::', ipv6Only: false }, resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// The caller's environment must not configure the program under test.
function cleanEnvironment(extra) {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PARLEY_'));
  return { ...Object.fromEntries(kept), ...extra };
}

/** A child process that collects what it says and dies with this one. */
export class Program {
  constructor(file, args, { env = {}, cwd } = {}) {
    this.output = '';
    this.child = spawn(file, args, { env: cleanEnvironment(env), cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => (this.output += text));
    }
    const kill = () => this.child.kill('SIGKILL');
    process.once('exit', kill);
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code, signal) => {
        process.removeListener('exit', kill);
        this.exit = { code, signal };
        resolve(this.exit);
      });
    });
  }
  get pid() {
    return this.child.pid;
  }
  /** Ends it and waits until it is gone. */
  async end(signal = 'SIGKILL') {
    this.child.kill(signal);
    await this.ended;
  }
}

/**
 * A running server: `{ url, ports, folder, program, api(), restart(signal), end() }`. `settings` are configuration keys
 * ("limits.enabled": false is set unless given), `folder` is kept when the caller gave it. `launcher`: a command that
 * becomes the program, such as prlimit.
 */
export async function startServer({ settings = {}, args = ['--dev'], env = {}, folder, launcher = [] } = {}) {
  const home = folder ?? (await mkdtemp(path.join(os.tmpdir(), 'parley-control-')));
  const ports = { http: await freePort('tcp'), tcp: await freePort('tcp'), udp: await freePort('udp') };
  const all = {
    'http.listen': `127.0.0.1:${ports.http}`,
    'rtc.tcp_port': ports.tcp,
    'rtc.udp_port': ports.udp,
    'rtc.shards': 1,
    'limits.enabled': false,
    data_dir: home,
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
  const server = { ports, folder: home, url: `http://127.0.0.1:${ports.http}` };
  const launch = async () => {
    const [file, ...rest] = [...launcher, kProgram, 'serve', ...args, ...flags];
    server.program = new Program(file, rest, { env, cwd: home });
    await waitFor('readiness', async () => {
      if (server.program.exit) {
        throw Object.assign(new Error(`the server ended at start: ${server.program.output}`), { final: true });
      }
      return (await fetch(`${server.url}/readyz`)).ok;
    });
  };
  server.restart = async (signal = 'SIGKILL') => {
    await server.program.end(signal);
    await launch();
  };
  server.end = async () => {
    await server.program.end();
    if (!folder) await rm(home, { recursive: true, force: true });
  };
  server.api = (token) => new Api(`${server.url}/api/v1`, token);
  try {
    await launch();
  } catch (error) {
    await server.end();
    throw error;
  }
  return server;
}

/** REST in JSON. Each call gives the body; another status than the one named (default: any 2xx) throws. */
export class Api {
  constructor(base, token) {
    this.base = base;
    this.token = token;
  }
  async call(method, route, body, { status, headers = {} } = {}) {
    const response = await fetch(`${this.base}${route}`, {
      method,
      headers: {
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (status === undefined ? !response.ok : response.status !== status) {
      throw new Error(`${method} ${route} answered ${response.status}: ${text}`);
    }
    return text === '' ? undefined : JSON.parse(text);
  }
  get(route, options) {
    return this.call('GET', route, undefined, options);
  }
  post(route, body, options) {
    return this.call('POST', route, body, options);
  }
  patch(route, body, options) {
    return this.call('PATCH', route, body, options);
  }
  put(route, body, options) {
    return this.call('PUT', route, body, options);
  }
  delete(route, options) {
    return this.call('DELETE', route, undefined, options);
  }
}

let people = 0;

/** Registers a new person: `{ user, accessToken, refreshToken, expiresIn, api, password }`. */
export async function register(server, name = `Person ${++people}`) {
  const email = `${name.toLowerCase().replace(/[^a-z0-9]+/g, '.')}.${process.pid}.${++people}@example.org`;
  const password = 'a long enough passphrase';
  const session = await server.api().post('/auth/register', { email, password, name }, { status: 201 });
  return { ...session, email, password, api: server.api(session.accessToken) };
}
