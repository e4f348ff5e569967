import { describe, expect, it } from 'vitest';
import { decibels, FLOOR_DB, litSegments, nextHearing, SILENCE_MS } from './level';

describe('decibels', () => {
  it.each([
    ['silence', new Float32Array(64), FLOOR_DB],
    ['nothing', new Float32Array(0), FLOOR_DB],
    ['full scale', new Float32Array(64).fill(1), 0],
    ['a tenth', new Float32Array(64).fill(0.1), -20],
    ['less than the floor', new Float32Array(64).fill(1e-6), FLOOR_DB],
  ])('of %s', (_, samples, expected) => {
    expect(decibels(samples)).toBeCloseTo(expected, 4);
  });
});

describe('litSegments', () => {
  it.each([
    [-60, 0],
    [-30, 20],
    [0, 40],
    [6, 40],
    [-90, 0],
  ])('%i dBFS light %i of 40', (db, expected) => {
    expect(litSegments(db, 40)).toBe(expected);
  });
});

describe('nextHearing', () => {
  const start = { hearing: 'listening', quietSince: 0 } as const;

  it('hears a voice, and remembers it in the noise of a room', () => {
    const heard = nextHearing(start, -30, 100);
    expect(heard.hearing).toBe('hear');
    expect(nextHearing(heard, -55, 200).hearing).toBe('hear');
  });

  it('calls only lasting digital silence a silent microphone', () => {
    expect(nextHearing(start, FLOOR_DB, SILENCE_MS - 1).hearing).toBe('listening');
    expect(nextHearing(start, FLOOR_DB, SILENCE_MS).hearing).toBe('silence');
    expect(nextHearing({ hearing: 'silence', quietSince: 0 }, -55, SILENCE_MS + 1)).toEqual({
      hearing: 'listening',
      quietSince: SILENCE_MS + 1,
    });
  });
});
