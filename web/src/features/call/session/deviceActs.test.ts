// @vitest-environment jsdom
import type { LocalParticipant } from 'livekit-client';
import { describe, expect, it, vi } from 'vitest';
import { BlurError } from '../blur/BlurError';
import { createCallStore, initialCall } from './callReducer';
import { createDeviceActs } from './deviceActs';

vi.mock('../blur/canSegment', () => ({ canSegment: vi.fn(() => false) }));
const { canSegment } = await import('../blur/canSegment');

function make(blurred: boolean) {
  const asked: unknown[] = [];
  const me = {
    getTrackPublication: () => undefined,
    setCameraEnabled: (...args: unknown[]) => {
      asked.push(args);
      return Promise.resolve(undefined);
    },
  } as unknown as LocalParticipant;
  const store = createCallStore(initialCall('harbour', 0));
  const kept: boolean[] = [];
  const acts = createDeviceActs({ me, store, onFacing: () => undefined, blurred, onBlurred: (on) => kept.push(on) });
  const said = () => store.getState().notices.map(({ text }) => text.key);
  return { acts, asked, kept, said };
}

describe('a background that is to be blurred', () => {
  it('keeps the camera off where it cannot be', async () => {
    const { acts, asked } = make(true);
    await expect(acts.startCamera()).rejects.toBeInstanceOf(BlurError);
    expect(asked).toEqual([]);
  });

  it('is shown once one says so', async () => {
    const { acts, asked, kept } = make(true);
    acts.noBlur();
    await acts.startCamera();
    expect(asked).toEqual([[true]]);
    expect(kept).toEqual([false]);
  });

  it('can be chosen before the camera is on', () => {
    vi.mocked(canSegment).mockReturnValue(true);
    const { acts, kept, said } = make(false);
    acts.toggleBlur();
    expect(kept).toEqual([true]);
    expect(said()).toEqual(['more.blurThen']);
    acts.toggleBlur();
    expect(kept).toEqual([true, false]);
    expect(said()).toEqual(['more.blurNotThen']);
  });
});
