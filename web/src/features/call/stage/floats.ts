import type { CallReaction } from '../session/RoomCallContext';

export interface Float extends CallReaction {
  readonly id: number;
}

export type FloatsAction =
  | { readonly type: 'rise'; readonly reaction: CallReaction; readonly id: number }
  | { readonly type: 'gone'; readonly id: number };

/** So many at once say enough. */
export const MOST_FLOATS = 12;

export function floatsReducer(state: readonly Float[], action: FloatsAction): readonly Float[] {
  switch (action.type) {
    case 'rise':
      return [...state, { ...action.reaction, id: action.id }].slice(-MOST_FLOATS);
    case 'gone': {
      const left = state.filter(({ id }) => id !== action.id);
      return left.length === state.length ? state : left;
    }
  }
}
