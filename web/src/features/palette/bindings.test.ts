// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { actFor, comboFrom, conflictOf, keepKeys, shownKeys, usualKeys, withKeys } from './bindings';
import { fuzzyMarks } from './fuzzy';

const press = (key: string, change: Partial<KeyboardEvent> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...change,
});

beforeEach(() => keepKeys(usualKeys));

describe('comboFrom', () => {
  it.each([
    [press('k', { ctrlKey: true }), 'Ctrl+K'],
    [press('k', { metaKey: true }), 'Ctrl+K'],
    [press('F', { ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+F'],
    [press('+', { shiftKey: true }), '+'],
    [press('ArrowUp', { altKey: true, shiftKey: true }), 'Alt+Shift+ArrowUp'],
    [press('ق', { code: 'KeyR' }), 'R'],
    [press('Shift', { shiftKey: true }), null],
  ])('%j is %s', (event, combo) => {
    expect(comboFrom(event)).toBe(combo);
  });
});

describe('actFor', () => {
  it('knows where an act belongs', () => {
    expect(actFor(press('r'), ['messages'])).toBe('thread');
    expect(actFor(press('r'), ['anywhere', 'rooms'])).toBeNull();
  });

  it('follows what was chosen, and is kept', () => {
    keepKeys(withKeys(usualKeys, 'thread', 'T'));
    expect(actFor(press('t'), ['messages'])).toBe('thread');
    expect(actFor(press('r'), ['messages'])).toBeNull();
    expect(localStorage.getItem('parley.keys')).toContain('"thread":"T"');
  });

  it('leaves single letters alone when they are switched off', () => {
    keepKeys({ ...usualKeys, singles: false });
    expect(actFor(press('r'), ['messages'])).toBeNull();
    expect(actFor(press('Delete'), ['messages'])).toBe('remove');
    expect(actFor(press('k', { ctrlKey: true }), ['anywhere'])).toBe('palette');
  });
});

describe('conflictOf', () => {
  it.each([
    ['thread', 'E', { kind: 'taken', by: 'edit' }],
    ['palette', 'Ctrl+,', { kind: 'taken', by: 'settings' }],
    ['palette', 'Ctrl+T', { kind: 'reserved' }],
    ['thread', 'Enter', { kind: 'reserved' }],
    ['palette', 'J', { kind: 'single' }],
    ['palette', 'Ctrl+J', null],
    ['thread', 'R', null],
    ['hand', 'M', { kind: 'taken', by: 'stageMicrophone' }],
    ['hand', '3', { kind: 'share' }],
    ['hand', 'J', null],
    ['answer', 'J', { kind: 'single' }],
    ['microphone', 'Ctrl+K', { kind: 'taken', by: 'palette' }],
  ] as const)('%s with %s', (act, combo, expected) => {
    expect(conflictOf(act, combo)).toEqual(expected);
  });

  it('the usual keys are free of each other', () => {
    keepKeys(withKeys(withKeys(usualKeys, 'edit', 'X'), 'edit', null));
    expect(conflictOf('edit', 'E')).toBeNull();
  });
});

it('keys as they stand on caps', () => {
  expect(shownKeys('Alt+Shift+ArrowUp')).toBe('Alt Shift ↑');
  expect(shownKeys('+')).toBe('+');
});

it.each([
  ['ra', 'Ramp drawings', [[0, 2]]],
  ['rd', 'Ramp drawings', [[0, 1], [5, 6]]],
  ['', 'Ramp', []],
])('%s lights in %s', (query, text, marks) => {
  expect(fuzzyMarks(query, text)).toEqual(marks);
});
