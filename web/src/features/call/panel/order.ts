import type { Person } from '../session/types';

/** Hands in the order of raising, then who spoke since the list stands open, then everybody by name; I come last. */
export function inOrder(people: readonly Person[], handOf: (person: Person) => number, heard: ReadonlySet<string>): Person[] {
  const rank = (person: Person): number => {
    const hand = handOf(person);
    if (hand > 0) return hand;
    if (heard.has(person.identity)) return 10_000;
    return person.me ? 30_000 : 20_000;
  };
  return [...people].sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name) || (a.identity < b.identity ? -1 : 1));
}
