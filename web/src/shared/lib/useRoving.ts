import { useCallback, useRef, type FocusEvent, type KeyboardEvent } from 'react';

const keysOf = (bar: Element): HTMLElement[] => [...bar.querySelectorAll<HTMLElement>('button:not(:disabled)')];

/** Arrows, Home and End go from key to key of a bar, round and round. `upright`: those up and down walk, too. */
export function walkKeys(event: KeyboardEvent<HTMLElement>, upright = false): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const keys = keysOf(event.currentTarget);
  const at = keys.findIndex((key) => key === event.target);
  const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  const back = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
  const steps: Readonly<Record<string, number>> = {
    [forward]: at + 1,
    [back]: at - 1,
    Home: 0,
    End: -1,
    ...(upright ? { ArrowDown: at + 1, ArrowUp: at - 1 } : {}),
  };
  const to = steps[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  keys.at(to % keys.length)?.focus();
}

/** A toolbar is one stop for the Tab key: the key that had the focus last, or the first. The arrows do the rest. */
export function useRoving(upright = false) {
  const stop = useRef<Element | null>(null);
  const settle = useCallback((bar: Element) => {
    const keys = keysOf(bar);
    if (!keys.some((key) => key === stop.current)) stop.current = keys[0] ?? null;
    for (const key of keys) {
      const tabIndex = key === stop.current ? 0 : -1;
      if (key.tabIndex !== tabIndex) key.tabIndex = tabIndex;
    }
  }, []);
  // Keys come and go without the bar being drawn again.
  const ref = useCallback(
    (bar: HTMLElement | null) => {
      if (!bar) return;
      settle(bar);
      const observer = new MutationObserver(() => settle(bar));
      observer.observe(bar, { subtree: true, childList: true, attributeFilter: ['disabled'] });
      return () => observer.disconnect();
    },
    [settle],
  );
  return {
    ref,
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => walkKeys(event, upright),
    onFocus: ({ target, currentTarget }: FocusEvent<HTMLElement>) => {
      if (!keysOf(currentTarget).some((key) => key === target)) return;
      stop.current = target;
      settle(currentTarget);
    },
  };
}
