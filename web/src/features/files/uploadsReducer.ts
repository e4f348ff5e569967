import type { FileBrief, Id } from '@/shared/api/types';

export interface Upload {
  readonly id: string;
  readonly roomId: Id;
  readonly threadId?: Id;
  readonly name: string;
  readonly size: number;
  readonly mime: string;
  readonly sent: number;
  readonly state: 'sending' | 'paused' | 'waiting' | 'checking' | 'done' | 'failed';
  /** A local picture to look at while it goes up. */
  readonly preview?: string;
  readonly file?: FileBrief;
  readonly error?: string;
  /** Replaces this file as its next version, instead of being a new file in a message. */
  readonly replaces?: Id;
}

export type UploadsAction =
  | { readonly type: 'add'; readonly upload: Upload }
  | { readonly type: 'change'; readonly id: string; readonly change: Partial<Upload> }
  | { readonly type: 'remove'; readonly ids: readonly string[] }
  | { readonly type: 'reset' };

export function uploadsReducer(state: readonly Upload[], action: UploadsAction): readonly Upload[] {
  switch (action.type) {
    case 'add':
      return [...state, action.upload];
    case 'change': {
      const at = state.findIndex(({ id }) => id === action.id);
      const old = state[at];
      return old ? state.with(at, { ...old, ...action.change }) : state;
    }
    case 'remove': {
      const left = state.filter(({ id }) => !action.ids.includes(id));
      return left.length === state.length ? state : left;
    }
    case 'reset':
      return state.length === 0 ? state : [];
  }
}
