// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Link, LinkState } from '@/shared/api/socket';
import { AWAY_MS, watchIdle } from './idle';

const told: unknown[] = [];
let setState: (state: LinkState) => void = () => undefined;
const link = {
  tell: (name: string, data: object) => told.push({ name, ...data }),
  onState: (listener: (state: LinkState) => void) => {
    setState = listener;
    return () => {
      setState = () => undefined;
    };
  },
} as unknown as Link;

const here = { name: 'set-presence', status: 'online', device: true };
const gone = { name: 'set-presence', status: 'away', device: true };
let stop: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  told.length = 0;
  stop = watchIdle(link);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

const touch = () => window.dispatchEvent(new Event('pointermove'));

it('says nothing while somebody is at it', () => {
  for (let i = 0; i < 10; ++i) {
    vi.advanceTimersByTime(AWAY_MS - 1);
    touch();
  }
  expect(told).toEqual([]);
});

it('counts from the last sign, says once that nobody is there, and at once that somebody is back', () => {
  vi.advanceTimersByTime(AWAY_MS / 2);
  touch();
  vi.advanceTimersByTime(AWAY_MS - 1);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual([gone]);
  vi.advanceTimersByTime(5 * AWAY_MS);
  touch();
  touch();
  expect(told).toEqual([gone, here]);
  vi.advanceTimersByTime(AWAY_MS);
  expect(told).toEqual([gone, here, gone]);
});

it('says it again on a new line, and only then', () => {
  setState('online');
  expect(told).toEqual([]);
  vi.advanceTimersByTime(AWAY_MS);
  setState('offline');
  setState('online');
  expect(told).toEqual([gone, gone]);
});

it('ends with whoever asked for it', () => {
  stop();
  vi.advanceTimersByTime(2 * AWAY_MS);
  touch();
  expect(told).toEqual([]);
});
