import { describe, expect, it } from 'vitest';
import { createEchoEar, holdsNote } from './echo';

const RATE = 48_000;
const BINS = 512;
const binOf = (frequency: number) => Math.round((frequency * BINS * 2) / RATE);

/** A room's murmur of -75 dB, with peaks at these frequencies. */
function spectrum(...peaks: readonly (readonly [number, number])[]) {
  const out = new Float32Array(BINS).fill(-75);
  for (const [frequency, level] of peaks) out[binOf(frequency)] = level;
  return out;
}

describe('holdsNote', () => {
  it.each([
    ['stands out', spectrum([523.25, -40]), true],
    ['drowns in the room', spectrum([523.25, -65]), false],
    ['is another note', spectrum([1200, -20]), false],
    ['is part of a noise', new Float32Array(BINS).fill(-30), false],
    ['is silence', new Float32Array(BINS).fill(Number.NEGATIVE_INFINITY), false],
  ])('%s', (_, heard, is) => {
    expect(holdsNote(heard, RATE, 523.25)).toBe(is);
  });
});

describe('createEchoEar', () => {
  it('wants every note: a voice may hold one of them', () => {
    const ear = createEchoEar();
    ear.listen(spectrum([523.25, -40]), RATE);
    expect(ear.echo()).toBe(false);
    ear.listen(spectrum([783.99, -40]), RATE);
    expect(ear.echo()).toBe(true);
  });
});
