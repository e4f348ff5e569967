// What goes wrong around a server, made to happen: its database goes away, its disk is full, its clock jumps.
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const kPostgres = fileURLToPath(new URL('../../../tools/postgres', import.meta.url));

/** A cluster of one's own, which may be stopped and started: `{ database(name), stop(), start(), end() }`. */
export async function startPostgres() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'parley-cluster-'));
  await chmod(folder, 0o755); // PostgreSQL runs as a user of its own
  const start = async () => (await run(kPostgres, ['start', folder])).stdout.trim();
  const stop = () => run(kPostgres, ['stop', folder]);
  const url = await start();
  return {
    start,
    stop,
    database: async (name) => {
      await run('psql', [url, '-qc', `CREATE DATABASE ${name}`]);
      return url.replace(/[^/]*$/, name);
    },
    end: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A small disk, which only root can make: `{ folder, fill(), empty(), end() }`, or undefined. */
export async function smallDisk(mebibytes) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'parley-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=700`, 'parley-test', folder]);
  } catch {
    await rm(folder, { recursive: true, force: true });
    return undefined;
  }
  const filler = path.join(folder, 'filler');
  return {
    folder,
    fill: async () => {
      const file = await open(filler, 'w');
      try {
        for (const size of [1 << 16, 1 << 12]) {
          const piece = Buffer.alloc(size, 1);
          await assertFull(async () => {
            for (;;) await file.write(piece);
          });
        }
      } finally {
        await file.close();
      }
    },
    empty: () => rm(filler),
    end: async () => {
      await run('umount', ['-l', folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function assertFull(write) {
  try {
    await write();
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error;
  }
}

/** No file of this process may grow beyond so many bytes; undefined: as large as it likes. */
export const limitFiles = (pid, bytes) => run('prlimit', ['--pid', `${pid}`, `--fsize=${bytes ?? 'unlimited'}:`]);

const kFaketime = ['x86_64-linux-gnu', 'aarch64-linux-gnu']
  .map((machine) => `/usr/lib/${machine}/faketime/libfaketimeMT.so.1`)
  .find(existsSync);

/** A wall clock that can be set, the monotonic one left alone: `{ env, set(offset seconds), end() }`, or undefined. */
export async function falseClock() {
  if (!kFaketime) return undefined;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'parley-clock-'));
  const file = path.join(folder, 'offset');
  const set = (seconds) => writeFile(file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  await set(0);
  return {
    set,
    env: {
      LD_PRELOAD: kFaketime,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
    },
    end: () => rm(folder, { recursive: true, force: true }),
  };
}
