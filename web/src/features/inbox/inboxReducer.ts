import type { InboxItem } from '@/shared/api/types';

export interface InboxState {
  readonly status: 'idle' | 'ready' | 'failed';
  /** Newest first. */
  readonly items: readonly InboxItem[];
  readonly nextCursor: string | null;
}

export type InboxAction =
  | { readonly type: 'loaded'; readonly items: readonly InboxItem[]; readonly nextCursor?: string | null }
  | { readonly type: 'more'; readonly items: readonly InboxItem[]; readonly nextCursor?: string | null }
  | { readonly type: 'failed' }
  | { readonly type: 'read' }
  | { readonly type: 'threadRead'; readonly threadId: string }
  | { readonly type: 'reset' };

export const emptyInbox: InboxState = { status: 'idle', items: [], nextCursor: null };

const asRead = (item: InboxItem): InboxItem => (item.read ? item : { ...item, read: true });

export function inboxReducer(state: InboxState, action: InboxAction): InboxState {
  switch (action.type) {
    case 'loaded':
      return { status: 'ready', items: action.items, nextCursor: action.nextCursor ?? null };
    case 'more':
      return { ...state, items: [...state.items, ...action.items], nextCursor: action.nextCursor ?? null };
    case 'failed':
      return state.status === 'ready' ? state : { ...state, status: 'failed' };
    case 'read':
      return state.items.every(({ read }) => read) ? state : { ...state, items: state.items.map(asRead) };
    case 'threadRead': {
      const meant = (item: InboxItem) => item.kind === 'thread' && !item.read && item.message?.threadId === action.threadId;
      return state.items.some(meant) ? { ...state, items: state.items.map((item) => (meant(item) ? asRead(item) : item)) } : state;
    }
    case 'reset':
      return emptyInbox;
  }
}
