import type { FileBrief, Id } from '@/shared/api/types';
import { createStore } from '@/shared/state/store';

/** What the window over the page shows: one file of a row of them. */
export interface Shown {
  readonly files: readonly FileBrief[];
  readonly at: number;
  readonly version?: number;
  readonly roomId?: Id;
}

export type PreviewAction =
  | { readonly type: 'open'; readonly shown: Shown }
  | { readonly type: 'step'; readonly by: 1 | -1 }
  | { readonly type: 'close' };

export function previewReducer(state: Shown | null, action: PreviewAction): Shown | null {
  switch (action.type) {
    case 'open':
      return action.shown.files[action.shown.at] ? action.shown : state;
    case 'step': {
      const at = (state?.at ?? 0) + action.by;
      // The version belongs to the file that was opened with it.
      return state?.files[at] ? { ...state, at, version: undefined } : state;
    }
    case 'close':
      return null;
  }
}

/** One window for the whole page: files are opened from messages, lists, panels and the palette. */
export const previewStore = createStore<Shown | null, PreviewAction>(previewReducer, null);

export const openPreview = (files: readonly FileBrief[], file: FileBrief, where: { readonly roomId?: Id | null; readonly version?: number } = {}): void =>
  previewStore.dispatch({
    type: 'open',
    shown: { files, at: Math.max(0, files.findIndex(({ id }) => id === file.id)), version: where.version, roomId: where.roomId ?? undefined },
  });
