import { expect, it } from 'vitest';
import { makeMessage } from '@/testing/things';
import { searchHere } from './localSearch';

const messages = [
  makeMessage(1, { content: 'The ramp opens at noon' }),
  makeMessage(2, { content: 'no ramp today, RAMP tomorrow' }),
  makeMessage(3, { content: '', deletedAt: '2026-11-22T09:00:00Z' }),
  makeMessage(4, { content: '', files: [{ id: 'f', name: 'Ramp plan.pdf' }] as never }),
];

it.each([
  ['ramp', ['m4', 'm2', 'm1']],
  ['ramp NOON', ['m1']],
  ['  ', []],
  ['plan', ['m4']],
  ['absent', []],
])('"%s" finds %o, the newest first', (query, ids) => {
  expect(searchHere(messages, query).map(({ messageId }) => messageId)).toEqual(ids);
});

it('lights every match in its excerpt', () => {
  const [hit] = searchHere([messages[1] ?? makeMessage(1)], 'ramp');
  expect(hit?.highlights.map(([from = 0, to = 0]) => hit.snippet.slice(from, to))).toEqual(['ramp', 'RAMP']);
});
