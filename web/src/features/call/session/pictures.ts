import { RemoteVideoTrack, type ElementInfo, type Track, type TrackPublication } from 'livekit-client';
import type { Picture } from './types';

/** More than any screen has: who asks for it gets the best there is. */
const ALL_PX = 8192;

/**
 * Stands beside the element that shows the picture, and wants every pixel. Whether it is seen is for the element to know;
 * but a window of its own is seen wherever the page of the call is.
 */
const wantsAll = (apart: boolean): ElementInfo => ({
  element: {},
  width: () => ALL_PX,
  height: () => ALL_PX,
  visible: apart,
  pictureInPicture: apart,
  visibilityChangedAt: undefined,
  observe: () => undefined,
  stopObserving: () => undefined,
});

function attach(track: Track, element: HTMLVideoElement, whole: boolean): () => void {
  track.attach(element);
  if (!whole || !(track instanceof RemoteVideoTrack) || !track.isAdaptiveStream) return () => void track.detach(element);
  const wish = wantsAll(element.ownerDocument !== document);
  track.observeElementInfo(wish);
  return () => {
    track.stopObservingElementInfo(wish);
    track.detach(element);
  };
}

/** One picture for each track, however often it is asked for. */
export function pictureCache() {
  const pictures = new WeakMap<Track, Picture>();
  return (publication: Pick<TrackPublication, 'track' | 'isMuted'> | undefined, evenMuted = false): Picture | null => {
    const track = publication?.track;
    if (!track || (publication.isMuted && !evenMuted)) return null;
    let picture = pictures.get(track);
    if (!picture) {
      const id = track.sid ?? track.mediaStreamTrack.id;
      picture = { id, attach: (element, whole = false) => attach(track, element, whole) };
      pictures.set(track, picture);
    }
    return picture;
  };
}
