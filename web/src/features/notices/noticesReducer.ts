import type { Phrase } from '@/shared/i18n';

export interface Toast {
  readonly id: string;
  readonly tone: 'plain' | 'error';
  readonly text: Phrase;
  /** The server's own sentence, when the phrase has no better one. */
  readonly detail?: string;
  readonly action?: { readonly label: Phrase; readonly run: () => void };
  readonly ms: number;
  /** A room or person that the notice is about: its flag or disc stands before the text. */
  readonly room?: { readonly id: string; readonly flag: string };
  readonly icon?: 'deleted';
  readonly person?: { readonly id: string; readonly name: string };
}

export type NoticesAction =
  | { readonly type: 'show'; readonly toast: Toast }
  | { readonly type: 'dismiss'; readonly id: string };

const SHOWN = 3;

export function noticesReducer(state: readonly Toast[], action: NoticesAction): readonly Toast[] {
  switch (action.type) {
    case 'show':
      return [...state.filter(({ id }) => id !== action.toast.id), action.toast].slice(-SHOWN);
    case 'dismiss':
      return state.filter(({ id }) => id !== action.id);
  }
}
