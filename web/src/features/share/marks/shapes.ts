import type { Stroke } from '@/shared/api/events';

/** Marks are drawn on a sheet this wide, as high as the source's shape makes it. */
export const SHEET = 1600;

export interface Sheet {
  readonly width: number;
  readonly height: number;
}

export const sheetOf = (aspect: number): Sheet => ({ width: SHEET, height: SHEET / aspect });

interface Spot {
  readonly x: number;
  readonly y: number;
}

const n = (value: number): string => String(Math.round(value * 10) / 10);
const at = ({ x, y }: Spot): string => `${n(x)} ${n(y)}`;

/** Points of a stroke on the sheet. */
export function spots(points: readonly number[], sheet: Sheet): Spot[] {
  const list: Spot[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) {
    list.push({ x: (points[i] ?? 0) * sheet.width, y: (points[i + 1] ?? 0) * sheet.height });
  }
  return list;
}

/** A line through the middles between the points: as round as the hand meant it. */
function curve(list: readonly Spot[]): string {
  const [first, ...rest] = list;
  const last = rest.at(-1);
  if (!first) return '';
  // A touch leaves a dot.
  if (!last) return `M${at(first)}l0.01 0`;
  const bends = rest.slice(0, -1).map((spot, index) => {
    const next = rest[index + 1] ?? spot;
    return `Q${at(spot)} ${at({ x: (spot.x + next.x) / 2, y: (spot.y + next.y) / 2 })}`;
  });
  return `M${at(first)}${bends.join('')}L${at(last)}`;
}

const HEAD_ANGLE = 0.5;

function arrow([from, to]: readonly Spot[], width: number): string {
  if (!from || !to) return '';
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const head = Math.min(width * 7, Math.max(width * 3, length * 0.6));
  const back = Math.atan2(from.y - to.y, from.x - to.x);
  const side = (turn: number) => at({ x: to.x + Math.cos(back + turn) * head, y: to.y + Math.sin(back + turn) * head });
  return `M${at(from)}L${at(to)}M${side(HEAD_ANGLE)}L${at(to)}L${side(-HEAD_ANGLE)}`;
}

function box([from, to]: readonly Spot[]): string {
  if (!from || !to) return '';
  const [left, top] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
  return `M${at({ x: left, y: top })}h${n(Math.abs(to.x - from.x))}v${n(Math.abs(to.y - from.y))}h${n(-Math.abs(to.x - from.x))}z`;
}

export function pathOf(stroke: Stroke, sheet: Sheet): string {
  const list = spots(stroke.points, sheet);
  if (stroke.tool === 'arrow') return arrow(list, (stroke.width ?? 0.004) * sheet.width);
  return stroke.tool === 'box' ? box(list) : curve(list);
}
