// Types of the events out of an AsyncAPI 3 file: what a client sends with the data of its acknowledgement, and what
// the server says by itself. Reads the part of JSON Schema that the file uses.
import { parse } from 'yaml';

/** Things that REST answers carry too have their types from there. */
const shared = ['Call', 'CallParticipant', 'File', 'Id', 'Media', 'Member', 'Message', 'Presence', 'Reaction', 'Room'];

const key = (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name));
const nameOf = (ref) => ref.split('/').at(-1);

function objectType(schema) {
  const required = new Set(schema.required ?? []);
  const members = Object.entries(schema.properties ?? {}).map(
    ([name, part]) => `readonly ${key(name)}${required.has(name) ? '' : '?'}: ${typeOf(part)}`,
  );
  return members.length > 0 ? `{ ${members.join('; ')} }` : 'Readonly<Record<string, unknown>>';
}

const plain = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', null: 'null' };

export function typeOf(schema) {
  if (schema === true || schema === undefined) return 'unknown';
  if (schema.$ref) return nameOf(schema.$ref);
  if ('const' in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const some = schema.oneOf ?? schema.anyOf;
  if (some) return some.map((part) => typeOf(part)).join(' | ');
  if (schema.allOf) return schema.allOf.map((part) => typeOf(part)).join(' & ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type })).join(' | ');
  if (schema.type === 'object') return objectType(schema);
  if (schema.type === 'array') return `readonly (${typeOf(schema.items)})[]`;
  return plain[schema.type] ?? 'unknown';
}

/** The data of a good acknowledgement. */
function answerOf(payload) {
  const good = (payload.oneOf ?? [payload]).find((part) => part.properties?.ok?.const === true);
  return typeOf(good?.properties?.data);
}

export function eventTypes(text) {
  const { operations, components } = parse(text);
  const messageOf = (reference) => components.messages[decodeURIComponent(nameOf(reference.$ref)).replace(/~1/g, '/')];
  const lines = [];
  for (const [name, schema] of Object.entries(components.schemas)) {
    if (!shared.includes(name)) lines.push(`export type ${name} = ${typeOf(schema)};`);
  }
  lines.push('', 'export interface ClientEvents {');
  for (const operation of Object.values(operations).filter(({ action }) => action === 'receive')) {
    const message = messageOf(operation.messages[0]);
    const answer = answerOf(messageOf(operation.reply.messages[0]).payload);
    lines.push(`  readonly ${key(message.name)}: { readonly data: ${typeOf(message.payload)}; readonly answer: ${answer} };`);
  }
  lines.push('}', '', 'export interface ServerEvents {');
  for (const operation of Object.values(operations).filter(({ action }) => action === 'send')) {
    const message = messageOf(operation.messages[0]);
    lines.push(`  readonly ${key(message.name)}: ${typeOf(message.payload)};`);
  }
  const body = `${lines.join('\n')}\n}\n`;
  const used = shared.filter((name) => new RegExp(`[^\\w"]${name}\\b`).test(body));
  return `import type { ${used.join(', ')} } from '../types';\n\n${body}`;
}
