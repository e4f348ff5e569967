import { useEffect, useRef, useState } from 'react';

const giveBack = (before: Element | null): boolean => {
  if (!(before instanceof HTMLElement) || !before.isConnected) return false;
  before.focus();
  return true;
};

/**
 * For what is no dialog of Radix: the focus goes back to where it was, once this is gone, or to a better place that
 * `to` knows then.
 */
export function useFocusAfter(to?: () => HTMLElement | null): void {
  // Before anything in it takes the focus.
  const [before] = useState(() => document.activeElement);
  const better = useRef(to);
  useEffect(() => {
    better.current = to;
  });
  useEffect(() => () => void giveBack(better.current?.() ?? before), [before]);
}

/**
 * For dialogs that a key or an address opened: Radix gives the focus back to a button that opens, and these have none.
 * `onOpen` runs once the place to go back to is known.
 */
export function useFocusBack(onOpen?: (event: Event) => void) {
  const before = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: (event: Event) => {
      before.current = document.activeElement;
      onOpen?.(event);
    },
    onCloseAutoFocus: (event: Event) => {
      if (giveBack(before.current)) event.preventDefault();
    },
  };
}
