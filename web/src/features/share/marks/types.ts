import type { Share, Stroke } from '@/shared/api/events';
import type { FadingStroke } from './fading';

export type Tool = Stroke['tool'];
export type Drawers = Share['drawers'];

/** In the order of their keys. */
export const tools: readonly Tool[] = ['pen', 'highlighter', 'arrow', 'box', 'text', 'laser'];

/** These are drawn on point by point; the others as they stand now, each time anew. */
export const isFreehand = (tool: Tool): boolean => tool === 'pen' || tool === 'highlighter' || tool === 'laser';

/** Where somebody points or draws right now. */
export interface Pointer {
  readonly author: string;
  readonly x: number;
  readonly y: number;
  readonly laser: boolean;
  readonly color: string;
  readonly at: number;
}

export interface ControlRequest {
  readonly userId: string;
  readonly name: string;
}

/** A shared screen as the people of a call see it: what is drawn, who may draw, who is in control. */
export interface SharedScreen {
  readonly id: string;
  readonly userId: string;
  readonly drawers: Drawers;
  readonly controllerId: string | null;
  readonly strokes: readonly Stroke[];
  /** When the last mark of each author came. */
  readonly drawnAt: Readonly<Record<string, number>>;
  /** Marks that are on their way out. */
  readonly fading: readonly FadingStroke[];
  readonly pointers: readonly Pointer[];
  /** Who asked me for control of it. */
  readonly requests: readonly ControlRequest[];
  /** How far my own asking for control is. */
  readonly asking: 'no' | 'waiting' | 'refused';
}
