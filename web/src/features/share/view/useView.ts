import { useCallback, useState } from 'react';
import { actualZoom, fitted, panBy, planeOf, settleView, zoomAt, ZOOM_STEP, type Plane, type Point, type Size, type View } from './viewport';

export interface Zooming {
  readonly plane: Plane;
  readonly zoomed: boolean;
  readonly zoom: (factor: number, at?: Point) => void;
  readonly pan: (by: Point) => void;
  readonly larger: () => void;
  readonly smaller: () => void;
  readonly fit: () => void;
  readonly actual: () => void;
}

/** How I look at a shared screen. Nobody else sees any of it. */
export function useZooming(frame: Size, source: Size): Zooming {
  const [view, setView] = useState<View>(fitted);
  const middle = { x: frame.width / 2, y: frame.height / 2 };
  const zoom = useCallback((factor: number, at?: Point) => {
    setView((old) => zoomAt(old, factor, at ?? { x: frame.width / 2, y: frame.height / 2 }, frame, source));
  }, [frame, source]);
  const pan = useCallback((by: Point) => setView((old) => panBy(old, by, frame, source)), [frame, source]);
  return {
    plane: planeOf(view, frame, source),
    zoomed: settleView(view, frame, source).zoom > 1.001,
    zoom,
    pan,
    larger: () => zoom(ZOOM_STEP),
    smaller: () => zoom(1 / ZOOM_STEP),
    fit: () => setView(fitted),
    actual: () => setView((old) => zoomAt(old, actualZoom(frame, source, window.devicePixelRatio || 1) / old.zoom, middle, frame, source)),
  };
}
