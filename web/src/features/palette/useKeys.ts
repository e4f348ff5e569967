import { useSyncExternalStore } from 'react';
import { comboOf, keyChoices, onKeys, shownKeys, type ActId, type KeyChoices } from './bindings';

export const useKeyChoices = (): KeyChoices => useSyncExternalStore(onKeys, keyChoices);

/** How the keys of an act read now. */
export const useShownKeys = (): ((act: ActId) => string) => {
  const choices = useKeyChoices();
  return (act) => shownKeys(comboOf(act, choices));
};
