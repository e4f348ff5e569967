import type { Box } from './layout';

export type Direction = 'left' | 'right' | 'up' | 'down';

export const directionOf = (key: string): Direction | null =>
  ({ ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' } as const)[key] ?? null;

const centre = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 });

/** The tile one comes to from `from`: the nearest in that direction, straight ahead before aside. -1 at the edge. */
export function tileTowards(boxes: readonly Box[], from: number, direction: Direction, rtl = false): number {
  const start = boxes[from];
  if (!start) return -1;
  const here = centre(start);
  // Boxes count from where lines begin.
  const turned = rtl && direction === 'left' ? 'right' : rtl && direction === 'right' ? 'left' : direction;
  let best = -1;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const [index, box] of boxes.entries()) {
    const there = centre(box);
    const dx = turned === 'left' ? here.x - there.x : turned === 'right' ? there.x - here.x : Math.abs(there.x - here.x);
    const dy = turned === 'up' ? here.y - there.y : turned === 'down' ? there.y - here.y : Math.abs(there.y - here.y);
    const along = turned === 'left' || turned === 'right' ? dx : dy;
    if (index === from || along <= 1) continue;
    const aside = turned === 'left' || turned === 'right' ? dy : dx;
    const cost = along + aside * 2;
    if (cost < bestCost) [best, bestCost] = [index, cost];
  }
  return best;
}
