import { useEffect, useState } from 'react';
import { canSegment } from './canSegment';

/** My picture as others will see it: null until the background is blurred, if it is to be. */
export function useBlurred(track: MediaStreamTrack | null, wanted: boolean): MediaStreamTrack | null {
  const on = wanted && canSegment();
  const [blurred, setBlurred] = useState<{ readonly of: MediaStreamTrack; readonly track: MediaStreamTrack } | null>(null);
  useEffect(() => {
    if (!track || !on) return;
    let stop: () => void = () => undefined;
    let current = true;
    const start = async () => {
      const { BlurProcessor } = await import('./BlurProcessor');
      const processor = await BlurProcessor.open(() => undefined);
      stop = () => void processor.destroy();
      await processor.init({ track });
      if (current && processor.processedTrack) setBlurred({ of: track, track: processor.processedTrack });
      else stop();
    };
    // Without it nothing is shown, as nothing would be sent.
    start().catch(() => undefined);
    return () => {
      current = false;
      stop();
    };
  }, [track, on]);
  if (!on) return track;
  return blurred?.of === track ? blurred.track : null;
}
