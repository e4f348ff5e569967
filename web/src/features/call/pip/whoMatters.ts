import type { Person } from '../session/types';

/** The one person of a window too small for more: who shares, who speaks, else the first of the others. */
export function whoMatters(people: readonly Person[]): Person | undefined {
  const others = people.filter(({ me }) => !me);
  return others.find(({ screen }) => screen) ?? others.find(({ speaking }) => speaking) ?? others[0] ?? people[0];
}
