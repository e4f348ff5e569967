import { useEffect, useRef } from 'react';
import { callKeyOf, takesLetters } from '../controls/keys';

/** `[` and `]` turn pages. */
export function usePageKeys(onTurn: (step: -1 | 1) => void): void {
  const latest = useRef(onTurn);
  useEffect(() => {
    latest.current = onTurn;
  });
  useEffect(() => {
    const onDown = (event: KeyboardEvent) => {
      const key = callKeyOf(event);
      if ((key !== 'previousPage' && key !== 'nextPage') || takesLetters(event.target)) return;
      latest.current(key === 'nextPage' ? 1 : -1);
    };
    window.addEventListener('keydown', onDown);
    return () => window.removeEventListener('keydown', onDown);
  }, []);
}
