import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hash } from '@/shared/lib/hash';
import { initials } from '@/shared/lib/initials';
import { hueOf } from './Avatar';
import { allFlags, flagOf, readsAsNational } from './flags';

describe('initials', () => {
  it.each([
    ['Ada Lovelace', 2, 'AL'],
    ['Ada', 2, 'A'],
    ['  ada   de  la cruz ', 2, 'AC'],
    ['Ada Lovelace', 1, 'A'],
    ['', 2, '?'],
    ['🦊 fox', 2, '🦊F'],
    ['ليلى حداد', 2, 'لح'],
  ] as const)('of %j in %i letters are %j', (name, count, expected) => {
    expect(initials(name, count)).toBe(expected);
  });
});

describe('hash', () => {
  it.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('of %j is FNV-1a', (text, expected) => {
    expect(hash(text)).toBe(expected);
  });

  it('spreads people over all ten hues', () => {
    const seen = new Set(Array.from({ length: 200 }, (_, i) => hueOf(`person-${i}`)));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe('flags', () => {
  it('never include what reads as a country', () => {
    expect(readsAsNational('disc', 'chalk', 'madder')).toBe(true);
    expect(allFlags.some(({ pattern, a, b }) => readsAsNational(pattern, a, b))).toBe(false);
    expect(allFlags).toHaveLength(13 * 7 * 6 - 2 * (4 * 3 + 2));
  });

  it('stay with their room', () => {
    expect(flagOf('harbour')).toEqual(flagOf('harbour'));
  });
});

// A class or property that names left or right does not mirror in a language written from the right.
describe('sources', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test)\.(tsx|css)$/.test(name))
    .map((name) => join('src', name));

  it.each(files)('%s names no side of the screen', (file) => {
    const text = readFileSync(file, 'utf8');
    const classes = /[\s"'`:](-?(?:ml|mr|pl|pr|left|right|rounded-[lr]|border-[lr])-[\w[\]./()]+|text-(?:left|right))(?=[\s"'`])/g;
    const properties = /(?:^|[\s;{])((?:margin|padding|border)-(?:left|right)|left|right|float)\s*:/gm;
    const physical = [...text.matchAll(classes), ...text.matchAll(properties)].map(([, name]) => name);
    expect(physical).toEqual([]);
  });
});
