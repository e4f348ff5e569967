import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { useSize } from '@/shared/lib/useSize';
import { scaleOf, stepped, type Box, type Zoom } from './zoom';

interface Props {
  readonly url: string;
  readonly name: string;
  readonly zoom: Zoom;
  readonly onZoom: (change: (old: Zoom, scale: number) => Zoom) => void;
  readonly onScale: (scale: number) => void;
  readonly onBroken: () => void;
}

const PADDING = { inline: 112, block: 16 };

/** Drags the picture under the window when it is larger than that. */
function useDrag() {
  const from = useRef<{ x: number; y: number } | null>(null);
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0 || event.pointerType === 'touch') return;
      from.current = { x: event.clientX, y: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (!from.current) return;
      event.currentTarget.scrollBy(from.current.x - event.clientX, from.current.y - event.clientY);
      from.current = { x: event.clientX, y: event.clientY };
    },
    onPointerUp: () => {
      from.current = null;
    },
  };
}

/** A picture that fits, or is looked at closely. */
export function PictureView({ url, name, zoom, onZoom, onScale, onBroken }: Props) {
  const [room, size] = useSize<HTMLDivElement>();
  const [picture, setPicture] = useState<Box>({ width: 0, height: 0 });
  const drag = useDrag();
  const inner = { width: size.width - Math.min(PADDING.inline, size.width * 0.15), height: size.height - PADDING.block };
  const scale = scaleOf(zoom, picture, inner);
  useEffect(() => onScale(scale), [onScale, scale]);
  useEffect(() => {
    const element = room.current;
    if (!element) return;
    // React listens to wheels passively: only this way the page's own zoom can be kept from following.
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      onZoom((_, seen) => stepped(seen, event.deltaY < 0 ? 1 : -1));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [room, onZoom]);
  return (
    <div ref={room} className="viewer-scroll" {...drag}>
      <img
        src={url}
        alt={name}
        draggable={false}
        style={picture.width > 0 ? { inlineSize: picture.width * scale, blockSize: picture.height * scale } : { visibility: 'hidden' }}
        onLoad={(event) => setPicture({ width: event.currentTarget.naturalWidth, height: event.currentTarget.naturalHeight })}
        onError={onBroken}
      />
    </div>
  );
}
