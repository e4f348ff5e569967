import { createStore } from '@/shared/state/store';

export type NewThing = 'room' | 'direct' | null;

/** Which dialog of something new is open; the side bar shows it, whoever asked for it. */
export const newThing = createStore<NewThing, NewThing>((_, next) => next, null);
