import { describe, expect, it } from 'vitest';
import { makeMember, makeMessage } from '@/testing/things';
import { lit } from '@/features/search/Hits';
import { fuzzy } from '@/features/palette/fuzzy';
import { emojiFor } from './emoji';
import { emojiBefore, mark, mentionBefore, plainText, prefix, roomBefore, trimmed } from './format';
import { cut, mentionsMe, namesOf } from './mentions';
import { daysOver, rowsOf } from './rows';
import { toggled } from './timeline';

const selection = (text: string) => {
  const start = text.indexOf('[');
  const end = text.indexOf(']') - 1;
  return { text: text.replace(/[[\]]/g, ''), start, end };
};
const shown = ({ text, start, end }: { text: string; start: number; end: number }) =>
  `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;

describe('mark', () => {
  it.each([
    ['a [b] c', 'bold', 'a **[b]** c'],
    ['a **[b]** c', 'bold', 'a [b] c'],
    ['a **[b]** c', 'italic', 'a ***[b]*** c'],
    ['[]', 'code', '`[]`'],
    ['~~[x]~~', 'strike', '[x]'],
  ] as const)('%s %s', (before, kind, after) => {
    expect(shown(mark(selection(before), kind))).toBe(after);
  });
});

describe('prefix', () => {
  it('begins every chosen line', () => {
    expect(prefix({ text: 'a\nb\nc', start: 0, end: 3 }, 'numbers').text).toBe('1. a\n2. b\nc');
    expect(prefix({ text: 'a\nb', start: 2, end: 3 }, 'quote').text).toBe('a\n> b');
  });
});

describe('mentionBefore', () => {
  it.each([
    ['hi @ad', { from: 3, word: 'ad' }],
    ['@', { from: 0, word: '' }],
    ['a@b', null],
    ['@ad ', null],
    ['(@é', { from: 1, word: 'é' }],
  ])('%s', (text, expected) => {
    expect(mentionBefore(text, text.length)).toEqual(expected);
  });
});

it.each([
  ['  \n hi \n ', ' hi'],
  [' \n ', ''],
])('trimmed %j', (text, expected) => {
  expect(trimmed(text)).toBe(expected);
});

describe('mentions', () => {
  const named = namesOf([makeMember('ada', { handle: 'ada' }), makeMember('bo', { name: 'Bo Li', handle: 'BoLi' })], 'ada');
  it('finds people of the room and nobody else', () => {
    expect(cut('@ada, ask @BoLi. Not a@ada or @zoe', named)).toEqual([
      { mention: '@ada', me: true },
      { text: ', ask ' },
      { mention: '@BoLi', me: false },
      { text: '. Not a@ada or @zoe' },
    ]);
  });

  it.each([
    [['ada'], true],
    [['bo'], false],
    [[{ userId: 'ada' }], true],
    [[{ kind: 'room' }], true],
    [undefined, false],
  ])('%j calls me: %s', (mentions, expected) => {
    expect(mentionsMe(makeMessage(1, { mentions: mentions as never }), 'ada')).toBe(expected);
  });
});

describe('rowsOf', () => {
  const input = { outbox: [], me: 'me', newAfter: null, edge: null };
  const kinds = (rows: ReturnType<typeof rowsOf>) =>
    rows.map((row) => (row.kind === 'message' ? `${row.message.id}${row.lead ? '!' : ''}` : row.kind));

  it('groups what one person says within five minutes', () => {
    const items = [makeMessage(1), makeMessage(3), makeMessage(20), makeMessage(21, { senderId: 'bo' })];
    expect(kinds(rowsOf({ ...input, items }))).toEqual(['day', 'm1!', 'm3', 'm20!', 'm21!']);
  });

  it('hangs the pennant before the first new message of somebody else', () => {
    const items = [makeMessage(1), makeMessage(2, { senderId: 'me' }), makeMessage(3)];
    expect(kinds(rowsOf({ ...input, items, newAfter: 1 }))).toEqual(['day', 'm1!', 'm2!', 'new', 'm3!']);
  });

  it('hangs the pennant before my own message when I hung it there', () => {
    const items = [makeMessage(1), makeMessage(2, { senderId: 'me' })];
    expect(kinds(rowsOf({ ...input, items, newAfter: 1 }))).not.toContain('new');
    expect(kinds(rowsOf({ ...input, items, newAfter: 1, byHand: true }))).toEqual(['day', 'm1!', 'new', 'm2!']);
  });

  it('begins a new day with its date', () => {
    const items = [makeMessage(1), makeMessage(2, { createdAt: '2026-11-25T12:00:00.000Z' })];
    expect(kinds(rowsOf({ ...input, items }))).toEqual(['day', 'm1!', 'day', 'm2!']);
  });
});

it('a reaction comes and goes', () => {
  const once = toggled([], '👍', 'ada');
  expect(once).toEqual([{ emoji: '👍', count: 1, userIds: ['ada'] }]);
  expect(toggled(once, '👍', 'bo')[0]?.count).toBe(2);
  expect(toggled(once, '👍', 'ada')).toEqual([]);
});

it('lights what matched and nothing outside of the text', () => {
  expect(lit('low tide', [[0, 3], [4, 99]])).toEqual([
    { text: 'low', hit: true },
    { text: ' tide', hit: false },
  ]);
});

it.each([
  ['gen', 'General', true],
  ['f3', 'Ferry 3 launch', true],
  ['xyz', 'General', false],
])('%s finds %s: %s', (query, text, found) => {
  expect(fuzzy(query, text) !== null).toBe(found);
});

it('the day stays in sight over its messages, not over its own label', () => {
  const items = [makeMessage(1, { createdAt: '2026-11-01T09:00:00Z' }), makeMessage(2, { createdAt: '2026-11-03T09:00:00Z' }), makeMessage(3, { createdAt: '2026-11-03T10:00:00Z' })];
  const rows = rowsOf({ items, outbox: [], me: 'me', newAfter: null, edge: 'start' });
  const days = daysOver(rows);
  expect(rows.map(({ key }) => days.get(key)?.slice(0, 10) ?? null)).toEqual([null, null, '2026-11-01', null, '2026-11-03', '2026-11-03']);
});

describe('roomBefore', () => {
  it.each([
    ['see #har', { from: 4, word: 'har' }],
    ['(#é', { from: 1, word: 'é' }],
    ['#', null],
    ['# heading', null],
    ['page#part', null],
  ])('%s', (text, expected) => {
    expect(roomBefore(text, text.length)).toEqual(expected);
  });
});

describe('signs by name', () => {
  it.each([
    ['go :roc', { from: 3, word: 'roc' }],
    [':r', null],
    ['10:30', null],
    ['http://x', null],
  ])('%s', (text, expected) => {
    expect(emojiBefore(text, text.length)).toEqual(expected);
  });

  it('begins with those whose name does', () => {
    expect(emojiFor('ship').map(({ sign }) => sign)).toEqual(['🚀', '🚢']);
    expect(emojiFor('thumbs up')[0]?.sign).toBe('👍');
    expect(emojiFor('no such thing')).toEqual([]);
  });
});

it('a message in a line has words and no signs', () => {
  expect(plainText('**Bold**\n> see [here](https://example.org) `x`')).toBe('Bold see here x');
});
