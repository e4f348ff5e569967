/**
 * Where tiles lie. Pure arithmetic over CSS pixels: no DOM, no time. `x` counts from the inline start, so a page
 * written from the right mirrors by itself.
 */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

export interface GridOptions {
  readonly gap?: number;
  /** Smallest and largest allowed width / height of a tile. */
  readonly aspectMin?: number;
  readonly aspectMax?: number;
  readonly pixelRatio?: number;
}

export interface Grid extends Size {
  readonly columns: number;
  readonly rows: number;
  readonly area: number;
  readonly empty: number;
}

const WIDE = 16 / 9;
const TIE = 0.01; // areas this close count as equal: then fewer empty seats win
const HOLD = 1.06; // a standing arrangement stays until another is this much larger

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

function gridOf(columns: number, count: number, { width, height }: Size, options: GridOptions): Grid | null {
  const { gap = 8, aspectMin = WIDE, aspectMax = WIDE } = options;
  const rows = Math.ceil(count / columns);
  const cellWidth = (width - (columns - 1) * gap) / columns;
  const cellHeight = (height - (rows - 1) * gap) / rows;
  if (cellWidth <= 0 || cellHeight <= 0) return null;
  const aspect = clamp(cellWidth / cellHeight, aspectMin, aspectMax);
  const w = Math.min(cellWidth, cellHeight * aspect);
  const h = Math.min(cellHeight, cellWidth / aspect);
  return { columns, rows, width: w, height: h, area: w * h, empty: columns * rows - count };
}

function snap(grid: Grid, pixelRatio = 1): Grid {
  const floor = (value: number) => Math.floor(value * pixelRatio) / pixelRatio;
  return { ...grid, width: floor(grid.width), height: floor(grid.height) };
}

/** Best grid of `count` equal tiles in `space`; null when nothing fits. */
export function fitGrid(count: number, space: Size, options: GridOptions = {}): Grid | null {
  let best: Grid | null = null;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    // As many rows with fewer columns means wider cells: this one cannot win.
    if (columns > 1 && Math.ceil(count / (columns - 1)) === rows) continue;
    const grid = gridOf(columns, count, space, options);
    if (!grid) continue;
    const larger = !best || grid.area > best.area * (1 + TIE);
    const tidier = best !== null && grid.area > best.area * (1 - TIE) && grid.empty < best.empty;
    if (larger || tidier) best = grid;
  }
  return best && snap(best, options.pixelRatio);
}

/** fitGrid that keeps `columns` of the last layout until another count wins by 6 %: no flicker while resizing. */
export function settleGrid(columns: number, count: number, space: Size, options: GridOptions = {}): Grid | null {
  const best = fitGrid(count, space, options);
  if (!best || columns < 1 || columns > count || columns === best.columns) return best;
  const kept = gridOf(columns, count, space, options);
  return kept && kept.area * HOLD >= best.area ? snap(kept, options.pixelRatio) : best;
}

/**
 * Boxes of the tiles of a grid: block centred in `space`, last row centred in the block. `count` may be smaller than
 * what the grid was made for: the last page keeps the tiles' size.
 */
export function placeGrid(grid: Grid, count: number, space: Size, gap = 8): Box[] {
  const { columns, width, height } = grid;
  const rows = Math.ceil(count / columns);
  const top = (space.height - (rows * height + (rows - 1) * gap)) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = row === rows - 1 ? count - row * columns : columns;
    const start = (space.width - (inRow * width + (inRow - 1) * gap)) / 2;
    const x = start + (index - row * columns) * (width + gap);
    return { x: Math.round(x), y: Math.round(top + row * (height + gap)), width, height };
  });
}

export interface PageOptions extends GridOptions {
  readonly minWidth?: number;
  readonly cap?: number;
}

/** As many tiles on a page as keep `minWidth`, at most `cap`; then the pages are evened out. */
export function pagesFor(count: number, space: Size, options: PageOptions = {}): { pages: number; perPage: number } {
  const { minWidth = 168, cap = 49 } = options;
  let fit = 1;
  while (fit < Math.min(count, cap) && (fitGrid(fit + 1, space, options)?.width ?? 0) >= minWidth) fit++;
  const pages = Math.max(1, Math.ceil(count / fit));
  return { pages, perPage: Math.max(1, Math.ceil(count / pages)) };
}

export interface SpeakerLayout {
  readonly edge: 'none' | 'end' | 'bottom';
  readonly main: Box;
  readonly strip: readonly Box[];
}

function inside(aspect: number, width: number, height: number): Size {
  return width / height > aspect ? { width: height * aspect, height } : { width, height: width / aspect };
}

/** The large pictures in `area`: one as large as it goes, two in equal seats, each in its own shape. */
function placeMains(aspects: readonly number[], { width, height }: Size, gap: number): Box[] {
  const [only = WIDE] = aspects;
  const within = (seat: Box, aspect: number): Box => {
    const fitted = inside(aspect, seat.width, seat.height);
    return {
      x: Math.round(seat.x + (seat.width - fitted.width) / 2),
      y: Math.round(seat.y + (seat.height - fitted.height) / 2),
      width: Math.floor(fitted.width),
      height: Math.floor(fitted.height),
    };
  };
  if (aspects.length < 2) return [within({ x: 0, y: 0, width, height }, only)];
  const grid = fitGrid(aspects.length, { width, height }, { gap });
  return grid ? placeGrid(grid, aspects.length, { width, height }, gap).map((seat, index) => within(seat, aspects[index] ?? WIDE)) : [];
}

const areaOf = (boxes: readonly Size[]): number => boxes.reduce((sum, { width, height }) => sum + width * height, 0);

export interface MainsLayout {
  readonly edge: SpeakerLayout['edge'];
  readonly mains: readonly Box[];
  readonly strip: readonly Box[];
}

interface MainsOptions {
  readonly gap?: number;
  /** Shape of each large picture, one or two. */
  readonly aspects?: readonly number[];
  readonly held?: SpeakerLayout['edge'];
}

/**
 * Large pictures and a strip of tiles beside or below them, whichever leaves them larger. `held` is the edge of the
 * last layout; it stays until the other wins by 6 %. The strip holds as many tiles as fit, at least one.
 */
export function placeStage(
  count: number,
  { width, height }: Size,
  { gap = 8, aspects = [WIDE], held = 'none' }: MainsOptions = {},
): MainsLayout {
  // On a phone three small tiles say more than two; in a low space the strip never takes more than a third.
  const tileWidth = Math.min(clamp(width * 0.17, width < 600 ? 112 : 152, 240), (height / 3) * WIDE);
  const tileHeight = tileWidth / WIDE;
  const spaces = {
    none: { width, height },
    end: { width: width - tileWidth - gap, height },
    bottom: { width, height: height - tileHeight - gap },
  };
  const beside = areaOf(placeMains(aspects, spaces.end, gap)) * (held === 'end' ? HOLD : 1);
  const below = areaOf(placeMains(aspects, spaces.bottom, gap)) * (held === 'bottom' ? HOLD : 1);
  const edge = count === 0 ? 'none' : beside >= below ? 'end' : 'bottom';
  const mains = placeMains(aspects, spaces[edge], gap);
  if (edge === 'none') return { edge, mains, strip: [] };

  const along = edge === 'end' ? height : width;
  const step = (edge === 'end' ? tileHeight : tileWidth) + gap;
  const shown = Math.min(count, Math.max(1, Math.floor((along + gap) / step)));
  const first = (along - (shown * step - gap)) / 2;
  const strip = Array.from({ length: shown }, (_, index) => ({
    x: Math.round(edge === 'end' ? width - tileWidth : first + index * step),
    y: Math.round(edge === 'end' ? first + index * step : height - tileHeight),
    width: Math.floor(tileWidth),
    height: Math.floor(tileHeight),
  }));
  return { edge, mains, strip };
}

/** One large picture and a strip. */
export function placeSpeaker(
  count: number,
  space: Size,
  { gap = 8, aspect = WIDE, held = 'none' }: { gap?: number; aspect?: number; held?: SpeakerLayout['edge'] } = {},
): SpeakerLayout {
  const { edge, mains, strip } = placeStage(count, space, { gap, aspects: [aspect], held });
  return { edge, main: mains[0] ?? { x: 0, y: 0, width: 0, height: 0 }, strip };
}

export interface Corner {
  readonly end: boolean;
  readonly bottom: boolean;
}

/** My own small tile in a corner of somebody's picture when only one other person is here. */
export function cornerBox(space: Size, gap = 8, { end, bottom }: Corner = { end: true, bottom: true }): Box {
  const width = Math.floor(Math.min(160, space.width / 3));
  const height = Math.round(width / WIDE);
  return {
    x: end ? Math.round(space.width - width - gap) : gap,
    y: bottom ? Math.round(space.height - height - gap) : gap,
    width,
    height,
  };
}
