import { useEffect, useRef, useState } from 'react';
import type { Picture } from '../session/types';

interface Options {
  readonly onSize?: (width: number, height: number) => void;
  readonly onFirst?: () => void;
  /** Every pixel that there is, however small the element. */
  readonly whole?: boolean;
}

/**
 * A picture in an element of its own. `ready`: its first frame is there. `props` belong on the `<video>`; whenever the
 * picture's size is known anew, in its own pixels, `onSize` hears of it, and `onFirst` of the first frame.
 */
export function useVideo(picture: Picture, { onSize, onFirst, whole }: Options = {}) {
  const video = useRef<HTMLVideoElement>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => (video.current ? picture.attach(video.current, whole) : undefined), [picture, whole]);
  const report = () => {
    const { videoWidth = 0, videoHeight = 0 } = video.current ?? {};
    if (videoWidth > 0 && videoHeight > 0) onSize?.(videoWidth, videoHeight);
  };
  const onLoadedData = () => {
    setReady(true);
    onFirst?.();
    report();
  };
  return { video, ready, props: { ref: video, autoPlay: true, playsInline: true, muted: true, onLoadedData, onResize: report } };
}
