import { useState } from 'react';
import type { File, Id } from '@/shared/api/types';
import { groupOf, groups, type FileGroup } from './kinds';

export interface Filter {
  readonly group: FileGroup;
  readonly text: string;
  /** Empty: anybody's. */
  readonly ownerId: Id;
  /** Empty: anywhere. */
  readonly roomId: Id;
}

export const everything: Filter = { group: 'all', text: '', ownerId: '', roomId: '' };

export const fitsFilter = (file: File, { group, text, ownerId, roomId }: Filter): boolean =>
  (group === 'all' || groupOf(file) === group) &&
  (ownerId === '' || file.ownerId === ownerId) &&
  (roomId === '' || file.roomId === roomId) &&
  file.name.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase());

/** What is looked for, and what of the list fits; the kinds with nothing in them are not offered. */
export function useFilter(files: readonly File[]) {
  const [filter, setFilter] = useState(everything);
  const shown = files.filter((file) => fitsFilter(file, filter));
  const offered = groups.filter((group) => group === 'all' || group === filter.group || files.some((file) => groupOf(file) === group));
  const change = (next: Partial<Filter>) => setFilter((old) => ({ ...old, ...next }));
  return { filter, shown, offered, change, clear: () => setFilter(everything) };
}
