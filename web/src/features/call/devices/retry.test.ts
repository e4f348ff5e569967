// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RETRY_MS, whenItMayWork } from './retry';

const devices = new EventTarget();
const status = Object.assign(new EventTarget(), { state: 'denied' });

beforeEach(() => {
  vi.useFakeTimers();
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: devices });
  Object.defineProperty(navigator, 'permissions', { configurable: true, value: { query: () => Promise.resolve(status) } });
});
afterEach(() => void vi.useRealTimers());

describe('whenItMayWork', () => {
  it('tries a busy device again after three seconds, until told to stop', () => {
    const again = vi.fn();
    whenItMayWork('video', 'busy', again);
    whenItMayWork('video', 'busy', again)();
    vi.advanceTimersByTime(RETRY_MS);
    expect(again).toHaveBeenCalledOnce();
  });

  it('tries again when something is plugged in', () => {
    const again = vi.fn();
    const stop = whenItMayWork('audio', 'none', again);
    devices.dispatchEvent(new Event('devicechange'));
    expect(again).toHaveBeenCalledOnce();
    stop();
    devices.dispatchEvent(new Event('devicechange'));
    expect(again).toHaveBeenCalledOnce();
  });

  it('tries again when the browser is told to allow it, and not when it stays forbidden', async () => {
    const again = vi.fn();
    whenItMayWork('audio', 'blocked', again);
    await vi.advanceTimersByTimeAsync(0);
    status.dispatchEvent(new Event('change'));
    expect(again).not.toHaveBeenCalled();
    status.state = 'granted';
    status.dispatchEvent(new Event('change'));
    expect(again).toHaveBeenCalledOnce();
  });

  it('waits for nothing else', () => {
    const again = vi.fn();
    whenItMayWork('audio', 'failed', again);
    vi.advanceTimersByTime(60_000);
    devices.dispatchEvent(new Event('devicechange'));
    expect(again).not.toHaveBeenCalled();
  });
});
