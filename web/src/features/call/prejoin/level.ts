/** The strip shows -60 dBFS (nothing lit) to 0 dBFS (all lit). */
export const FLOOR_DB = -60;

/** Root mean square of samples in -1..1, as dBFS; silence is FLOOR_DB. */
export function decibels(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / Math.max(1, samples.length));
  return rms > 0 ? Math.max(FLOOR_DB, 20 * Math.log10(rms)) : FLOOR_DB;
}

export const litSegments = (db: number, segments: number): number =>
  Math.min(segments, Math.max(0, Math.round(((db - FLOOR_DB) / -FLOOR_DB) * segments)));

export type Hearing = 'listening' | 'hear' | 'silence';

export const HEARD_DB = -45;
/** Digital silence for this long means a switch or a wrong device: a live microphone always hears its room. */
export const SILENCE_MS = 6000;
const SILENCE_DB = -59;

export interface HearingState {
  readonly hearing: Hearing;
  readonly quietSince: number;
}

export function nextHearing(state: HearingState, db: number, now: number): HearingState {
  if (db > HEARD_DB) return { hearing: 'hear', quietSince: now };
  if (db > SILENCE_DB) return { hearing: state.hearing === 'hear' ? 'hear' : 'listening', quietSince: now };
  return now - state.quietSince >= SILENCE_MS ? { ...state, hearing: 'silence' } : state;
}
