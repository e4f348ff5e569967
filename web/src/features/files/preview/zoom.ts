export interface Box {
  readonly width: number;
  readonly height: number;
}

/** `fit`: as large as the window lets it be, and no larger than it is. */
export type Zoom = 'fit' | number;

const STEP = 1.25;
const LEAST = 0.1;
const MOST = 8;

export function fitScale(picture: Box, room: Box): number {
  if (picture.width <= 0 || picture.height <= 0) return 1;
  return Math.min(1, room.width / picture.width, room.height / picture.height);
}

export const scaleOf = (zoom: Zoom, picture: Box, room: Box): number => (zoom === 'fit' ? fitScale(picture, room) : zoom);

/** One step larger or smaller than what is seen; stops on the way at the picture's own size. */
export function stepped(scale: number, direction: 1 | -1): number {
  const next = direction > 0 ? scale * STEP : scale / STEP;
  const passesOne = (scale < 1 && next > 1) || (scale > 1 && next < 1);
  return passesOne ? 1 : Math.min(MOST, Math.max(LEAST, next));
}
