import { useSyncExternalStore } from 'react';
import { localStore } from '@/shared/lib/storage';

/** A choice that this device keeps, and that the page follows at once. */
export interface Kept<T> {
  readonly get: () => T;
  readonly keep: (value: T) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

/** `parse` answers undefined to what an older version, or somebody else, left there. */
export function createKept<T>(key: string, parse: (value: unknown) => T | undefined, usual: T): Kept<T> {
  let held: { readonly value: T } | null = null;
  const listeners = new Set<() => void>();
  return {
    get: () => (held ??= { value: localStore.read(key, parse, usual) }).value,
    keep: (value) => {
      held = { value };
      localStore.write(key, value);
      for (const listener of [...listeners]) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const useKept = <T>({ subscribe, get }: Kept<T>): T => useSyncExternalStore(subscribe, get);

/** For choices that are one of a few names. */
export const oneOf =
  <T extends string>(names: readonly T[]) =>
  (value: unknown): T | undefined =>
    names.find((name) => name === value);
