import { useKept } from '@/shared/state/kept';
import { comboOf, isSingle, keptKeys, shownKeys, type ActId, type KeyChoices } from './bindings';

export const useKeyChoices = (): KeyChoices => useKept(keptKeys);

/** How the keys of an act read now. */
export const useShownKeys = (): ((act: ActId) => string) => {
  const choices = useKeyChoices();
  return (act) => shownKeys(comboOf(act, choices));
};

/** What a key of the page does, with the keys of the keyboard that do it too, while they do. */
export const useTip = (): ((text: string, act: ActId) => string) => {
  const choices = useKeyChoices();
  return (text, act) => {
    const combo = comboOf(act, choices);
    return isSingle(combo) && !choices.singles ? text : `${text} (${shownKeys(combo)})`;
  };
};
