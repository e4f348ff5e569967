// @vitest-environment jsdom
import { RemoteVideoTrack, TrackEvent, type Track } from 'livekit-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pictureCache } from './pictures';

/** A track whose elements are none of a browser's: each has a size that the test gives it. */
class Shown extends RemoteVideoTrack {
  override attach(element?: HTMLMediaElement): HTMLMediaElement {
    const { clientWidth: width, clientHeight: height } = element ?? document.body;
    const info = { element: element ?? {}, visible: true, pictureInPicture: false, visibilityChangedAt: 0 };
    this.observeElementInfo({ ...info, width: () => width, height: () => height, observe: () => undefined, stopObserving: () => undefined });
    return element ?? document.createElement('video');
  }
}

function shown() {
  const media = Object.assign(new EventTarget(), { id: 'media', kind: 'video' }) as unknown as MediaStreamTrack;
  const track = new Shown(media, 'TR', {} as RTCRtpReceiver, { pixelDensity: 2 });
  const asked: Track.Dimensions[] = [];
  track.on(TrackEvent.VideoDimensionsChanged, (size: Track.Dimensions) => asked.push(size));
  const element = document.createElement('video');
  vi.spyOn(element, 'clientWidth', 'get').mockReturnValue(320);
  vi.spyOn(element, 'clientHeight', 'get').mockReturnValue(180);
  const picture = pictureCache()({ track, isMuted: false });
  return { picture, element, asked };
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('MediaStream', EventTarget);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a picture that others send', () => {
  it('is asked for as large as it is shown', () => {
    const { picture, element, asked } = shown();
    picture?.attach(element);
    vi.advanceTimersByTime(500);
    expect(asked).toEqual([{ width: 640, height: 360 }]);
  });

  it('is asked for whole where every pixel counts, for as long as it is shown there', () => {
    const { picture, element, asked } = shown();
    picture?.attach(element);
    const stop = picture?.attach(document.createElement('video'), true);
    vi.advanceTimersByTime(500);
    expect(asked.at(-1)?.height).toBeGreaterThan(4320);
    stop?.();
    vi.advanceTimersByTime(500);
    expect(asked.at(-1)).toEqual({ width: 640, height: 360 });
  });

  it('is one picture, however often it is asked for, and none while it is muted', () => {
    const of = pictureCache();
    const track = { sid: 'TR' } as unknown as Track;
    expect(of({ track, isMuted: false })).toBe(of({ track, isMuted: true }, true));
    expect(of({ track, isMuted: true })).toBeNull();
  });
});
