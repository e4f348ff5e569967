import { useSyncExternalStore } from 'react';
import { localStore } from '@/shared/lib/storage';

const KEY = 'parley.sideBar';
const listeners = new Set<() => void>();
let folded: boolean | null = null;

export function sidebarFolded(): boolean {
  folded ??= localStore.read(KEY, (value) => (value === 'folded' ? true : undefined), false);
  return folded;
}

/** Between names and flags alone; kept by the device. */
export function toggleSidebar(): void {
  folded = !sidebarFolded();
  localStore.write(KEY, folded ? 'folded' : 'open');
  for (const listener of [...listeners]) listener();
}

export const useSidebarFolded = (): boolean =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, sidebarFolded);
