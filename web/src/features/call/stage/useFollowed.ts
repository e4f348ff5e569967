import { useEffect, useState } from 'react';
import type { Person } from '../session/types';

/** A voice must last so long before the large picture turns to it. */
export const FOLLOW_MS = 1500;

/** Whom the large picture follows: a voice that lasts, never a cough, never me. */
export function useFollowed(people: readonly Person[]): string | null {
  const [followed, setFollowed] = useState<string | null>(null);
  const voices = people.filter(({ me, speaking }) => speaking && !me).map(({ identity }) => identity);
  const next = voices.includes(followed ?? '') ? undefined : voices[0];
  useEffect(() => {
    if (next === undefined) return;
    const timer = setTimeout(() => setFollowed(next), FOLLOW_MS);
    return () => clearTimeout(timer);
  }, [next]);
  return people.some(({ identity }) => identity === followed) ? followed : null;
}
