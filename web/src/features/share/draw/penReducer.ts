import { localStore } from '@/shared/lib/storage';
import { createStore } from '@/shared/state/store';
import type { Tool } from '../marks/types';
import { colorNamed, colorOf, HIGHLIGHT, type Color, type ColorName } from './colors';

/** What I draw with. Colour and keeping outlive the share, the tool does not. */
export interface PenState {
  readonly tool: Tool | null;
  /** Null: my own colour, which everybody has. */
  readonly color: ColorName | null;
  readonly keep: boolean;
}

export type PenAction =
  | { readonly type: 'tool'; readonly tool: Tool | null }
  /** The key of a tool that is in the hand lays it down. */
  | { readonly type: 'toggle'; readonly tool: Tool }
  | { readonly type: 'color'; readonly color: ColorName }
  | { readonly type: 'keep'; readonly keep: boolean };

export function penReducer(state: PenState, action: PenAction): PenState {
  switch (action.type) {
    case 'tool':
      return state.tool === action.tool ? state : { ...state, tool: action.tool };
    case 'toggle':
      return { ...state, tool: state.tool === action.tool ? null : action.tool };
    case 'color':
      return { ...state, color: action.color };
    case 'keep':
      return { ...state, keep: action.keep };
  }
}

export function parsePen(value: unknown): PenState | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { color, keep } = value as Readonly<Record<string, unknown>>;
  const known = typeof color === 'string' ? colorNamed(color) : undefined;
  return { tool: null, color: known?.name ?? null, keep: keep === true };
}

const KEY = 'parley.pen';

export const penStore = createStore(
  (state: PenState, action: PenAction) => {
    const next = penReducer(state, action);
    if (next.color !== state.color || next.keep !== state.keep) localStore.write(KEY, { color: next.color, keep: next.keep });
    return next;
  },
  localStore.read(KEY, parsePen, { tool: null, color: null, keep: false }),
);

export const myColor = ({ color }: PenState, me: string): Color => (color === null ? undefined : colorNamed(color)) ?? colorOf(me);

/** What a tool leaves on the screen: words stand on a plate, a highlighter must let through what it lies on. */
export function inkOf(state: PenState, tool: Tool, me: string): string {
  const color = myColor(state, me);
  if (tool === 'text') return color.plate;
  if (tool === 'highlighter') return state.color ? color.tint : HIGHLIGHT;
  return color.mark;
}
