import type { File, Id } from '@/shared/api/types';

/** A list that comes in pages, from one or more places at once. */
export interface FileList {
  readonly files: readonly File[];
  /** Where each place goes on; null at its end. Places that were not asked yet are missing. */
  readonly cursors: Readonly<Record<string, string | null>>;
  readonly failed: boolean;
}

export type FileListAction =
  | { readonly type: 'page'; readonly source: string; readonly files: readonly File[]; readonly cursor: string | null }
  | { readonly type: 'file'; readonly file: File }
  | { readonly type: 'gone'; readonly fileId: Id }
  | { readonly type: 'failed' }
  | { readonly type: 'reset' };

export const noFiles: FileList = { files: [], cursors: {}, failed: false };

/** Each file once: a file of mine in a room comes from two places. */
const withFiles = (old: readonly File[], news: readonly File[]): readonly File[] => [
  ...new Map([...old, ...news].map((file) => [file.id, file])).values(),
];

export function fileListReducer(state: FileList, action: FileListAction): FileList {
  switch (action.type) {
    case 'page': {
      const cursors = { ...state.cursors, [action.source]: action.cursor };
      return { files: withFiles(state.files, action.files), cursors, failed: false };
    }
    case 'file':
      return { ...state, files: withFiles(state.files, [action.file]) };
    case 'gone':
      return { ...state, files: state.files.filter(({ id }) => id !== action.fileId) };
    case 'failed':
      return { ...state, failed: true };
    case 'reset':
      return noFiles;
  }
}

const sortKeys = ['name', 'by', 'changed', 'size'] as const;
export type SortKey = (typeof sortKeys)[number];
export const sortKeyOf = (text: string | null): SortKey => sortKeys.find((key) => key === text) ?? 'changed';

export interface Sorting {
  readonly key: SortKey;
  readonly down: boolean;
}

/** Names go up at first; what is new or large stands on top. */
export const firstSorting = (key: SortKey): Sorting => ({ key, down: key === 'changed' || key === 'size' });

export const changedAt = (file: File): string => file.updatedAt ?? file.createdAt;

export function sortFiles(files: readonly File[], { key, down }: Sorting, nameOf: (id: Id | null) => string): readonly File[] {
  const compare = (a: File, b: File): number => {
    if (key === 'size') return a.size - b.size;
    if (key === 'by') return nameOf(a.ownerId).localeCompare(nameOf(b.ownerId));
    if (key === 'changed') return changedAt(a).localeCompare(changedAt(b));
    return a.name.localeCompare(b.name, undefined, { numeric: true });
  };
  return files.toSorted((a, b) => (down ? compare(b, a) : compare(a, b)) || a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
}
