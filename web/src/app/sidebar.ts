import { createKept, oneOf, useKept } from '@/shared/state/kept';

const bar = createKept<'open' | 'folded'>('parley.sideBar', oneOf(['open', 'folded']), 'open');

/** Between names and flags alone; kept by the device. */
export const toggleSidebar = (): void => bar.keep(bar.get() === 'folded' ? 'open' : 'folded');

export const useSidebarFolded = (): boolean => useKept(bar) === 'folded';
