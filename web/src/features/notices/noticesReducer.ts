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

/** At most so many: the oldest goes first, an error only when there is nothing else. */
function shortened(toasts: readonly Toast[]): readonly Toast[] {
  if (toasts.length <= SHOWN) return toasts;
  const out = toasts.slice(0, -1).findIndex(({ tone }) => tone !== 'error');
  return toasts.filter((_, index) => index !== Math.max(0, out));
}

export function noticesReducer(state: readonly Toast[], action: NoticesAction): readonly Toast[] {
  switch (action.type) {
    case 'show':
      return shortened([...state.filter(({ id }) => id !== action.toast.id), action.toast]);
    case 'dismiss':
      return state.some(({ id }) => id === action.id) ? state.filter(({ id }) => id !== action.id) : state;
  }
}
