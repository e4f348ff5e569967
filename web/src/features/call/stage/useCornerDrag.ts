import { useRef, useState, type PointerEvent } from 'react';
import type { Corner } from './layout';

const START: Corner = { end: true, bottom: true };

/** Drags my own small tile; let go, it slides into the nearest corner of the stage. */
export function useCornerDrag() {
  const [corner, setCorner] = useState(START);
  const drag = useRef<{ tile: HTMLElement; x: number; y: number } | null>(null);
  return {
    corner,
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const tile = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-corner]') : null;
      if (!tile) return;
      drag.current = { tile, x: event.clientX, y: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (!drag.current) return;
      const { tile, x, y } = drag.current;
      tile.style.translate = `${event.clientX - x}px ${event.clientY - y}px`;
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      if (!drag.current) return;
      drag.current.tile.style.translate = '';
      drag.current = null;
      const area = event.currentTarget.getBoundingClientRect();
      const right = event.clientX > area.left + area.width / 2;
      setCorner({ end: right === (document.documentElement.dir !== 'rtl'), bottom: event.clientY > area.top + area.height / 2 });
    },
  };
}
