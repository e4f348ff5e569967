// What a browser fetches before the first room stands there: script of the first page, call code left out.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { kDist } from './lib/world.mjs';

const kBound = 250_000;

/** The scripts that a page pulls in by itself, each with all that it imports statically. */
async function firstScripts() {
  const html = await readFile(path.join(kDist, 'index.html'), 'utf8');
  const waiting = [...html.matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map(([, at]) => at);
  const seen = new Map();
  while (waiting.length > 0) {
    const at = waiting.pop();
    if (seen.has(at)) continue;
    const code = await readFile(path.join(kDist, at), 'utf8');
    seen.set(at, code);
    // Static ones alone: those in import() come when they are needed.
    for (const [, from] of code.matchAll(/(?:^|[;}\s])(?:import|export)(?:[\w\s{},*$]*?from)?\s*["'](\.[^"']+\.js)["']/g)) {
      waiting.push(path.posix.join(path.posix.dirname(at), from));
    }
  }
  return seen;
}

test('the first load', async (t) => {
  const scripts = await firstScripts();
  const sizes = [...scripts].map(([name, code]) => [name, gzipSync(code, { level: 9 }).length]);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  for (const [name, size] of sizes) t.diagnostic(`${name}: ${size} bytes compressed`);
  t.diagnostic(`together: ${(total / 1000).toFixed(1)} KB`);
  assert.ok(sizes.length > 0, 'the page has scripts');
  assert.ok(total < kBound, `${total} bytes`);
  for (const [name, code] of scripts) {
    assert.ok(!code.includes('RTCPeerConnection('), `${name} holds call code`);
  }
});
