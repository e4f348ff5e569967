import { describe, expect, it } from 'vitest';
import { layoutOf, rangeOf, rowAt } from './virtual';

const keys = (count: number) => Array.from({ length: count }, (_, index) => `k${index}`);

describe('layoutOf', () => {
  it('sums measured heights and guesses the rest', () => {
    const layout = layoutOf(['a', 'b', 'c'], new Map([['b', 100]]), 10);
    expect(layout).toEqual({ tops: [0, 10, 110], total: 120 });
  });
});

describe('rowAt', () => {
  const layout = layoutOf(keys(4), new Map([['k1', 50]]), 10);
  it.each([
    [-5, 0],
    [0, 0],
    [9, 0],
    [10, 1],
    [59, 1],
    [60, 2],
    [999, 3],
  ])('at %i is row %i', (y, row) => {
    expect(rowAt(layout, y)).toBe(row);
  });
});

describe('rangeOf', () => {
  it('is empty without rows', () => {
    expect(rangeOf(layoutOf([], new Map(), 10), 0, 100, 50, 80)).toEqual({ first: 0, last: -1 });
  });

  it('holds what is on screen and the overscan', () => {
    const layout = layoutOf(keys(1000), new Map(), 50);
    expect(rangeOf(layout, 10_000, 500, 100, 80)).toEqual({ first: 198, last: 212 });
  });

  it('never holds more rows than allowed, and keeps those in the middle of the screen', () => {
    const layout = layoutOf(keys(10_000), new Map(), 10);
    const { first, last } = rangeOf(layout, 50_000, 400, 600, 80);
    expect(last - first + 1).toBeLessThanOrEqual(80);
    expect(first).toBeLessThanOrEqual(5000);
    expect(last).toBeGreaterThanOrEqual(5039);
  });
});
