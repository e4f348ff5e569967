import { describe, expect, it, vi } from 'vitest';
import { createLatestSwitch } from './latest';

/** A device whose turning ends when the test says so. */
function makeDevice() {
  const turns: boolean[] = [];
  const pending: { done: () => void; fail: (error: Error) => void }[] = [];
  const turn = (on: boolean) =>
    new Promise<void>((resolve, reject) => {
      turns.push(on);
      pending.push({ done: resolve, fail: reject });
    });
  const settle = async (how: 'done' | 'fail' = 'done') => {
    pending.shift()?.[how](new Error('no device'));
    await vi.waitFor(() => undefined);
    await Promise.resolve();
  };
  return { turns, turn, settle };
}

describe('createLatestSwitch', () => {
  it('turns off again after a press shorter than the turning', async () => {
    const device = makeDevice();
    const toggle = createLatestSwitch(device.turn, vi.fn());
    toggle.set(true);
    toggle.set(false);
    expect(device.turns).toEqual([true]);
    await device.settle();
    expect(device.turns).toEqual([true, false]);
  });

  it('does only the last of many wishes', async () => {
    const device = makeDevice();
    const toggle = createLatestSwitch(device.turn, vi.fn());
    for (const on of [true, false, true, false, true]) toggle.set(on);
    await device.settle();
    expect(device.turns).toEqual([true]);
    expect(toggle.wanted()).toBe(true);
  });

  it('reports a failure once and does not try again by itself', async () => {
    const device = makeDevice();
    const onError = vi.fn();
    const toggle = createLatestSwitch(device.turn, onError);
    toggle.set(true);
    await device.settle('fail');
    expect(onError).toHaveBeenCalledTimes(1);
    expect(device.turns).toEqual([true]);
    expect(toggle.wanted()).toBe(false);
    toggle.set(true);
    expect(device.turns).toEqual([true, true]);
  });

  it('follows a device that changed by itself, but not while turning it', async () => {
    const device = makeDevice();
    const toggle = createLatestSwitch(device.turn, vi.fn());
    toggle.set(true);
    toggle.settle(false);
    expect(toggle.wanted()).toBe(true);
    await device.settle();
    toggle.settle(false);
    expect(toggle.wanted()).toBe(false);
    toggle.set(false);
    expect(device.turns).toEqual([true]);
  });
});
