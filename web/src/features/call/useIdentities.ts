import { useMemo } from 'react';
import type { Person } from './session/types';

/** Who these are, each once; the same list as long as they are the same people. */
export function useIdentities(people: readonly Person[]): readonly string[] {
  const key = [...new Set(people.map(({ identity }) => identity))].sort().join('\n');
  return useMemo(() => (key === '' ? [] : key.split('\n')), [key]);
}
