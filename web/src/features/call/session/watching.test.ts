import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWatching, KEEP_MS } from './watching';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('createWatching', () => {
  it('wants everybody until somebody looks', () => {
    expect(createWatching(() => undefined).wants('a')).toBe(true);
  });

  it('wants who came since the last look', () => {
    const watching = createWatching(() => undefined);
    watching.watch(['a'], ['a', 'b']);
    expect(['b', 'c'].map(watching.wants)).toEqual([false, true]);
    watching.watch(['a'], ['a', 'b', 'c']);
    expect(watching.wants('c')).toBe(false);
  });

  it('keeps the page that was left for a moment, and no longer', () => {
    const onChange = vi.fn();
    const watching = createWatching(onChange);
    watching.watch(['a', 'b'], ['a', 'b', 'c', 'd']);
    watching.watch(['b', 'c'], ['a', 'b', 'c', 'd']);
    expect(['a', 'b', 'c', 'd'].map(watching.wants)).toEqual([true, true, true, false]);
    onChange.mockClear();
    vi.advanceTimersByTime(KEEP_MS);
    expect(['a', 'b', 'c'].map(watching.wants)).toEqual([false, true, true]);
    expect(onChange).toHaveBeenCalledOnce();
  });

  it('does not drop whom one came back to', () => {
    const watching = createWatching(() => undefined);
    watching.watch(['a'], ['a', 'b']);
    watching.watch(['b'], ['a', 'b']);
    watching.watch(['a'], ['a', 'b']);
    vi.advanceTimersByTime(KEEP_MS);
    expect(watching.wants('a')).toBe(true);
  });

  it('wants the one of another window beside them', () => {
    const watching = createWatching(() => undefined);
    watching.watch([], ['a']);
    watching.also('a');
    expect(watching.wants('a')).toBe(true);
    watching.also(null);
    expect(watching.wants('a')).toBe(false);
  });
});
