import { describe, expect, it, vi } from 'vitest';
import type { Measured } from '../stats/measure';
import { createLineWatch, PATIENCE, wordOf, type LineWord } from './line';
import { createTalkSense } from './mutedEar';
import { makePerson } from './people.testkit';

const track = (change: Partial<Measured>): Measured => ({
  identity: 'bo',
  name: 'Bo',
  me: false,
  kind: 'camera',
  fullHeight: 720,
  height: 720,
  bitsPerSecond: 600_000,
  framesPerSecond: 30,
  codec: 'VP8',
  roundTripMs: 20,
  lossPercent: 0,
  jitterMs: 2,
  freezes: 0,
  limitedBy: null,
  ...change,
});

describe('wordOf', () => {
  const me = makePerson('me', { me: true });
  const bo = makePerson('bo', { name: 'Bo' });

  it.each([
    ['nothing while all is well', [me, bo], [track({})], undefined, undefined],
    ['my full upload', [{ ...me, weak: true }, bo], [track({ me: true, limitedBy: 'bandwidth' })], 'line.upload', 'stopVideo'],
    ['nothing while a sender merely warms up', [me, bo], [track({ me: true, limitedBy: 'bandwidth' })], undefined, undefined],
    ['a busy device', [me, bo], [track({ me: true, limitedBy: 'cpu' })], 'line.cpu', undefined],
    ['videos that the line cannot carry', [me, { ...bo, cameraPaused: true }], [track({})], 'line.download', 'soundOnly'],
    ['losses here', [me, bo], [track({ lossPercent: 12 })], 'line.losing', undefined],
    ['a weak line of theirs, when mine is well', [me, { ...bo, weak: true }], [track({})], 'line.theirs', undefined],
    ['no blame for them when mine is weak, too', [{ ...me, weak: true }, { ...bo, weak: true }], [track({})], undefined, undefined],
  ])('says %s', (_, people, measured, key, action) => {
    const word = wordOf(people, measured);
    expect([word?.text.key, word?.action]).toEqual([key, action]);
  });

  it('names the rate and the person', () => {
    expect(wordOf([me, { ...bo, cameraPaused: true }], [track({})])?.text.parameters).toEqual({ rate: '0.6' });
    expect(wordOf([me, { ...bo, weak: true }], [])?.text.parameters).toEqual({ name: 'Bo' });
  });
});

describe('createLineWatch', () => {
  const word: LineWord = { kind: 'cpu', text: { key: 'line.cpu' } };

  it('says only what lasts, once, and takes it back', () => {
    const [say, unsay] = [vi.fn(), vi.fn()];
    const watch = createLineWatch(say, unsay);
    const times = (count: number, what: LineWord | null) => Array.from({ length: count }).forEach(() => watch(what));
    times(PATIENCE - 1, word);
    times(1, null);
    expect(say).not.toHaveBeenCalled();
    times(PATIENCE + 2, word);
    expect(say).toHaveBeenCalledOnce();
    times(PATIENCE - 1, null);
    expect(unsay).not.toHaveBeenCalled();
    times(2, null);
    expect(unsay).toHaveBeenCalledOnce();
  });
});

describe('createTalkSense', () => {
  it('hears talking, not a cough, and says it once until silence', () => {
    const sense = createTalkSense();
    const hear = (...db: readonly number[]) => db.map(sense);
    expect(hear(-20, -80, -80, -80, -80)).not.toContain(true);
    expect(hear(-20, -20, -20)).toEqual([false, false, true]);
    expect(hear(-20, -20, -20)).not.toContain(true);
    expect(hear(-80, -80, -80, -80, -80, -20, -20, -20).at(-1)).toBe(true);
  });
});
