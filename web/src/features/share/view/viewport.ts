// Where a shared screen stands in its frame. Pixels of the frame and fractions of the source are the two ways to say a
// place; whatever is drawn travels as fractions, so that it falls on the same pixels of the source in every window.

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Plane extends Size {
  readonly left: number;
  readonly top: number;
}

/** How the source is looked at: `zoom` times as large as it fits, with the place (x, y) of it in the middle. */
export interface View extends Point {
  readonly zoom: number;
}

export const fitted: View = { zoom: 1, x: 0.5, y: 0.5 };

/** Beyond this a pixel of the source is a blot. */
export const MAX_SCALE = 2;
export const ZOOM_STEP = 1.25;

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** Pixels of the page for one of the source, when all of it fits. */
export function fitScale(frame: Size, source: Size): number {
  if (source.width <= 0 || source.height <= 0) return 1;
  return Math.min(frame.width / source.width, frame.height / source.height, MAX_SCALE);
}

/** The zoom that shows a pixel of the source as one of the screen. */
export function actualZoom(frame: Size, source: Size, pixelRatio: number): number {
  return 1 / (fitScale(frame, source) * pixelRatio);
}

function limits(frame: Size, source: Size): readonly [number, number] {
  return [1, Math.max(1, MAX_SCALE / fitScale(frame, source))];
}

/** The middle along one line: what is smaller than the frame stays in its middle, what is larger covers it. */
function settle(middle: number, plane: number, frame: number): number {
  if (plane <= frame) return 0.5;
  const half = frame / plane / 2;
  return clamp(middle, half, 1 - half);
}

export function settleView(view: View, frame: Size, source: Size): View {
  const [least, most] = limits(frame, source);
  const zoom = clamp(view.zoom, least, most);
  const scale = fitScale(frame, source) * zoom;
  const x = settle(view.x, source.width * scale, frame.width);
  const y = settle(view.y, source.height * scale, frame.height);
  return zoom === view.zoom && x === view.x && y === view.y ? view : { zoom, x, y };
}

/** Where the whole source lies in the frame, in pixels; parts of it may lie outside. */
export function planeOf(view: View, frame: Size, source: Size): Plane {
  const { zoom, x, y } = settleView(view, frame, source);
  const scale = fitScale(frame, source) * zoom;
  const [width, height] = [source.width * scale, source.height * scale];
  return { left: frame.width / 2 - x * width, top: frame.height / 2 - y * height, width, height };
}

/** Fractions of the source under a place in the frame; beyond its edges they are below 0 or above 1. */
export function toSource({ x, y }: Point, plane: Plane): Point {
  return { x: (x - plane.left) / plane.width, y: (y - plane.top) / plane.height };
}

export function toFrame({ x, y }: Point, plane: Plane): Point {
  return { x: plane.left + x * plane.width, y: plane.top + y * plane.height };
}

export const isInside = ({ x, y }: Point): boolean => x >= 0 && x <= 1 && y >= 0 && y <= 1;

export const intoSource = ({ x, y }: Point): Point => ({ x: clamp(x, 0, 1), y: clamp(y, 0, 1) });

/** Zooms by a factor; what is under the pointer stays under it, as far as the edges let it. */
export function zoomAt(view: View, factor: number, at: Point, frame: Size, source: Size): View {
  const held = toSource(at, planeOf(view, frame, source));
  const [least, most] = limits(frame, source);
  const zoom = clamp(view.zoom * factor, least, most);
  const scale = fitScale(frame, source) * zoom;
  const x = held.x - (at.x - frame.width / 2) / (source.width * scale);
  const y = held.y - (at.y - frame.height / 2) / (source.height * scale);
  return settleView({ zoom, x, y }, frame, source);
}

/** Moves the source by pixels of the frame, as a hand moves paper. */
export function panBy(view: View, by: Point, frame: Size, source: Size): View {
  const plane = planeOf(view, frame, source);
  return settleView({ ...view, x: view.x - by.x / plane.width, y: view.y - by.y / plane.height }, frame, source);
}
