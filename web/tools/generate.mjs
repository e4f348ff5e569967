// Writes the types of the REST API and of the events from the files that the server is held to.
// `node tools/generate.mjs` writes; a test compares. Run by `npm run generate`, and before every build.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { eventTypes } from './events.mjs';

const api = new URL('../../api/', import.meta.url);
const out = new URL('../src/shared/api/generated/', import.meta.url);
const note = (name) => `// Generated from api/${name} by tools/generate.mjs; do not edit.\n/* eslint-disable */\n`;

export async function generated() {
  const files = {};
  const openapi = new URL('openapi.yaml', api);
  files['openapi.ts'] = note('openapi.yaml') + astToString(await openapiTS(openapi, { immutable: true, alphabetize: true }));
  const asyncapi = new URL('asyncapi.yaml', api);
  if (existsSync(asyncapi)) files['events.ts'] = note('asyncapi.yaml') + eventTypes(await readFile(asyncapi, 'utf8'));
  return files;
}

export const committed = (name) => readFile(new URL(name, out), 'utf8');

if (process.argv[1] === new URL(import.meta.url).pathname) {
  for (const [name, text] of Object.entries(await generated())) {
    const before = await committed(name).catch(() => '');
    if (before !== text) await writeFile(new URL(name, out), text);
  }
}
