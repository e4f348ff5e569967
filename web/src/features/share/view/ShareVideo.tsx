import { useEffect, useRef, useState } from 'react';
import type { Picture } from '@/features/call/session/types';
import type { Size } from './viewport';

interface Props {
  picture: Picture;
  onSize: (size: Size) => void;
}

/** A shared screen fills its plane. A screen that nobody moves sends few pictures: still is not broken. */
export function ShareVideo({ picture, onSize }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const [ready, setReady] = useState(false);
  useEffect(() => (video.current ? picture.attach(video.current) : undefined), [picture]);
  const report = () => {
    const { videoWidth: width = 0, videoHeight: height = 0 } = video.current ?? {};
    if (width > 0 && height > 0) onSize({ width, height });
  };
  return (
    <video
      ref={video}
      autoPlay
      playsInline
      muted
      onLoadedData={() => {
        setReady(true);
        report();
      }}
      onResize={report}
      className={`absolute inset-0 size-full object-fill ${ready ? '' : 'opacity-0'}`}
    />
  );
}
