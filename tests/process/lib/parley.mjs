// Runs the program as an operator does and tells what it said. Node's own modules only.
import { spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const kProgram =
  process.env.PARLEY_BIN ?? fileURLToPath(new URL('../../../build/release/bin/parley', import.meta.url));
const kPatience = 20_000;

export const kKey = 'mykey';
export const kSecret = 'a-secret-for-tests-of-the-process';

// The caller's environment must not configure the program under test.
function cleanEnvironment(extra) {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('PARLEY_'));
  return { ...Object.fromEntries(kept), ...extra };
}

export class Program {
  constructor(args, { env = {}, cwd } = {}) {
    this.stdout = '';
    this.stderr = '';
    this.child = spawn(kProgram, args, { env: cleanEnvironment(env), cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const name of ['stdout', 'stderr']) {
      this.child[name].setEncoding('utf8');
      this.child[name].on('data', (text) => (this[name] += text));
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

  kill(signal) {
    this.child.kill(signal);
  }

  said() {
    return `stdout:\n${this.stdout}\nstderr:\n${this.stderr}`;
  }
}

/** Runs a command to its end. */
export async function run(args, options) {
  const program = new Program(args, options);
  const timer = setTimeout(() => program.kill('SIGKILL'), kPatience);
  await program.ended;
  clearTimeout(timer);
  return { ...program.exit, stdout: program.stdout, stderr: program.stderr };
}

/** Asks until the answer is not undefined; throws when `what` has not come in time. Connection errors count as not yet. */
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
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function bindTcp(port = 0) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen({ port, host: '::', ipv6Only: false }, () => resolve(server));
  });
}

export function bindUdp(port = 0) {
  return new Promise((resolve, reject) => {
    const socket = dgram.createSocket('udp6');
    socket.once('error', reject);
    socket.bind({ port, address: '::', exclusive: true }, () => resolve(socket));
  });
}

export const closed = (socket) => new Promise((resolve) => socket.close(resolve));

/** Ports that were free a moment ago: HTTP, ICE-TCP, UDP. */
export async function freePorts() {
  const held = [await bindTcp(), await bindTcp(), await bindUdp()];
  const [http, tcp, udp] = held.map((socket) => socket.address().port);
  await Promise.all(held.map(closed));
  return { http, tcp, udp };
}

export const settingsOf = (ports) => ({
  'http.listen': `127.0.0.1:${ports.http}`,
  'rtc.udp_port': ports.udp,
  'rtc.tcp_port': ports.tcp,
  'rtc.shards': 1,
});

export const flagsOf = (settings) => Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]);

/** A running server on ports of its own, with one API key. */
export async function startServer({ settings = {}, args = [], env = { PARLEY_KEYS: `${kKey}: ${kSecret}` } } = {}) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'parley-process-'));
  const ports = await freePorts();
  const all = { ...settingsOf(ports), data_dir: folder, ...settings };
  const server = new Program(['serve', ...args, ...flagsOf(all)], { env, cwd: folder });
  server.ports = ports;
  server.url = `http://127.0.0.1:${ports.http}`;
  server.end = async () => {
    server.kill('SIGKILL');
    await server.ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await waitFor('readiness', async () => {
      if (server.exit) throw Object.assign(new Error(`the server ended at start: ${server.said()}`), { final: true });
      return (await fetch(`${server.url}/readyz`)).ok;
    });
  } catch (error) {
    await server.end();
    throw error;
  }
  return server;
}

/** Calls `use` with the path of a file that holds `text`. */
export async function withFile(text, use) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'parley-process-'));
  const file = path.join(folder, 'parley.yaml');
  try {
    await writeFile(file, text);
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
