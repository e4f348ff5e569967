import { useEffect, useRef, useState } from 'react';

const PACE_MS = 10_000;

/** What is said aloud of who writes: the newest words, at most every ten seconds. That nobody does is not said. */
export function useSpokenTyping(text: string): string {
  const [spoken, setSpoken] = useState('');
  const last = useRef(-Infinity);
  useEffect(() => {
    if (text === spoken) return;
    const speak = () => {
      if (text !== '') last.current = Date.now();
      setSpoken(text);
    };
    const timer = setTimeout(speak, text === '' ? 0 : Math.max(0, last.current + PACE_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [text, spoken]);
  return spoken;
}
