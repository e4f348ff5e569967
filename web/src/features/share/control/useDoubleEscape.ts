import { useEffect, useRef } from 'react';
import { createDoubleEscape } from './input';

/**
 * Esc Esc anywhere in the page while `active`. `own`: keys come here that the page itself made, of whoever is in control,
 * and only a person's own count.
 */
export function useDoubleEscape(active: boolean, onTwice: () => void, own = false): void {
  const act = useRef(onTwice);
  useEffect(() => {
    act.current = onTwice;
  });
  useEffect(() => {
    if (!active) return;
    const twice = createDoubleEscape(() => performance.now());
    const onKey = (event: KeyboardEvent) => {
      if ((event.isTrusted || !own) && twice(event.key)) act.current();
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [active, own]);
}
