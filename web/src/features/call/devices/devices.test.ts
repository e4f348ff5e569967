import { beforeEach, describe, expect, it, vi } from 'vitest';
import { capture } from './capture';
import { defaultPreferences, parsePreferences, preferencesReducer } from './preferences';
import { captureReducer } from './useCapture';

describe('preferences', () => {
  it.each([
    ['nothing', null, undefined],
    ['text', 'x', undefined],
    ['an older version', { name: 'Ada', colour: 'red' }, { ...defaultPreferences, name: 'Ada' }],
    ['wrong types', { name: 7, camera: 'yes', microphone: false }, { ...defaultPreferences, microphone: false }],
  ])('are read from %s', (_, stored, expected) => {
    expect(parsePreferences(stored)).toEqual(expected);
  });

  it('change, and stay the same object when they do not', () => {
    expect(preferencesReducer(defaultPreferences, { camera: false })).toEqual({ ...defaultPreferences, camera: false });
    expect(preferencesReducer(defaultPreferences, { camera: true })).toBe(defaultPreferences);
  });
});

describe('captureReducer', () => {
  const track = {} as MediaStreamTrack;

  it('keeps the old picture until the new one is there', () => {
    const on = captureReducer({ step: 'asking' }, { type: 'opened', track });
    expect(captureReducer(on, { type: 'ask' })).toBe(on);
    expect(captureReducer({ step: 'off' }, { type: 'ask' })).toEqual({ step: 'asking' });
    expect(captureReducer(on, { type: 'off' })).toEqual({ step: 'off' });
  });
});

describe('capture', () => {
  const stream = (kinds: readonly ('audio' | 'video')[]) => {
    const tracks = kinds.map((kind) => ({ kind }));
    const of = (kind: string) => tracks.filter((track) => track.kind === kind);
    return { getTracks: () => tracks, getAudioTracks: () => of('audio'), getVideoTracks: () => of('video') };
  };
  const getUserMedia = vi.fn();

  beforeEach(() => {
    getUserMedia.mockReset();
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
  });

  it('asks the browser once for both', async () => {
    getUserMedia.mockResolvedValue(stream(['audio', 'video']));
    const [sound, picture] = await Promise.all([capture('audio', ''), capture('video', 'cam')]);
    expect([sound.kind, picture.kind]).toEqual(['audio', 'video']);
    expect(getUserMedia).toHaveBeenCalledTimes(1);
    expect(getUserMedia.mock.calls[0]?.[0]).toMatchObject({ audio: {}, video: { deviceId: { ideal: 'cam' } } });
  });

  it('opens the one that works when the other does not', async () => {
    getUserMedia.mockImplementation((wish: MediaStreamConstraints) =>
      wish.video
        ? Promise.reject(new DOMException('', 'NotFoundError'))
        : Promise.resolve(stream(['audio'])),
    );
    const [sound, picture] = await Promise.allSettled([capture('audio', ''), capture('video', '')]);
    expect(sound.status).toBe('fulfilled');
    expect(picture).toMatchObject({ status: 'rejected', reason: { name: 'NotFoundError' } });
  });

  it('says that the page is to blame where there are no devices at all', async () => {
    vi.stubGlobal('navigator', {});
    await expect(capture('audio', '')).rejects.toMatchObject({ name: 'SecurityError' });
  });
});
