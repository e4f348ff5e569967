import { createKept, oneOf } from '@/shared/state/kept';

/** How close lines of messages stand, on this device. */
export const densities = ['comfortable', 'compact'] as const;
export const density = createKept<(typeof densities)[number]>('parley.density', oneOf(densities), 'comfortable');

/** What Enter does where one writes; Shift Enter does the other. */
export const enterDoes = ['send', 'line'] as const;
export const enter = createKept<(typeof enterDoes)[number]>('parley.enter', oneOf(enterDoes), 'send');

const shown = () => document.documentElement.setAttribute('data-density', density.get());

/** Keeps the page as close as it was chosen. Returns what stops that. */
export function followDensity(): () => void {
  shown();
  return density.subscribe(shown);
}
