import type { Stroke } from '@/shared/api/events';
import { isFreehand, type Tool } from '../marks/types';
import type { Point } from '../view/viewport';

/** Widths as parts of the source's width; of a text, the size of its letters. */
export const widths: Readonly<Record<Tool, number>> = {
  pen: 0.004,
  highlighter: 0.0235,
  arrow: 0.004,
  box: 0.004,
  text: 0.0142,
  laser: 0.014,
};

/** Points nearer than this to the last one add nothing that could be seen. */
const NEAR = 0.0012;
/** The server takes 2000 points in one stroke; a longer line goes on as another. */
const MOST_POINTS = 1800;

const rounded = (value: number): number => Math.round(value * 1e5) / 1e5;

/** A stroke while it is drawn. What was drawn since the last asking is told by `take`. */
export interface Pen {
  readonly tool: Tool;
  readonly move: (to: Point) => void;
  /** The part to show and send now; null when there is nothing new. With `end` the stroke is done. */
  readonly take: (end?: boolean) => Stroke | null;
}

export interface PenOptions {
  readonly tool: Tool;
  readonly color: string;
  readonly author: string;
  readonly newId: () => string;
}

export function startPen({ tool, color, author, newId }: PenOptions, from: Point): Pen {
  const head = { tool, color, author, width: widths[tool] };
  let id = newId();
  let count = 0;
  let last = from;
  let told: readonly number[] = [];
  let fresh: number[] = [rounded(from.x), rounded(from.y)];
  const start = fresh;
  let moved = true;

  /** A line that became too long ends, and another begins where it ended. */
  const renew = () => {
    id = newId();
    count = 0;
    fresh = [...told, ...fresh];
  };

  return {
    tool,
    move: (to) => {
      if (Math.hypot(to.x - last.x, to.y - last.y) < NEAR) return;
      last = to;
      moved = true;
      if (isFreehand(tool)) fresh.push(rounded(to.x), rounded(to.y));
    },
    take: (end = false) => {
      if (!moved && !end) return null;
      if (isFreehand(tool) && fresh.length === 0) fresh.push(rounded(last.x), rounded(last.y));
      if (count + fresh.length / 2 > MOST_POINTS && tool !== 'laser') renew();
      const points = isFreehand(tool) ? fresh : [...start, rounded(last.x), rounded(last.y)];
      count += points.length / 2;
      told = points.slice(-2);
      fresh = [];
      moved = false;
      return { ...head, id, points, more: !end };
    },
  };
}

export function textMark(text: string, at: Point, color: string, author: string, id: string): Stroke {
  return { id, tool: 'text', author, color, width: widths.text, points: [rounded(at.x), rounded(at.y)], text, more: false };
}

const MOST_BYTES = 500;

/** As much of a text as the server takes, never half a letter. */
export function fitText(text: string): string {
  const encoder = new TextEncoder();
  let kept = '';
  let bytes = 0;
  for (const { segment } of new Intl.Segmenter().segment(text.trim())) {
    bytes += encoder.encode(segment).length;
    if (bytes > MOST_BYTES) break;
    kept += segment;
  }
  return kept;
}
