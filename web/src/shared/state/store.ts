import { useRef, useSyncExternalStore } from 'react';

/** State of one domain: a reducer, and listeners that are told only when something changed. */
export interface Store<State, Action> {
  readonly getState: () => State;
  readonly subscribe: (listener: () => void) => () => void;
  readonly dispatch: (action: Action) => void;
}

export function createStore<State, Action>(
  reducer: (state: State, action: Action) => State,
  initial: State,
): Store<State, Action> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispatch: (action) => {
      const next = reducer(state, action);
      if (next === state) return;
      state = next;
      for (const listener of [...listeners]) listener();
    },
  };
}

const shallowEqual = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((item, index) => Object.is(item, b[index]));
};

/** Part of a store's state. Lists with the same members count as the same, so that nothing renders for them. */
export function useStore<State, Action, Part>(store: Store<State, Action>, select: (state: State) => Part): Part {
  const kept = useRef<{ part: Part } | null>(null);
  return useSyncExternalStore(store.subscribe, () => {
    const part = select(store.getState());
    if (kept.current && shallowEqual(kept.current.part, part)) return kept.current.part;
    kept.current = { part };
    return part;
  });
}
