/** Up to `count` letters that stand for a name: first word, then last. Empty names give "?". */
export function initials(name: string, count: 1 | 2 = 2): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const first = words[0];
  if (first === undefined) return '?';
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  // Array.from walks code points: an emoji or an astral letter is not cut in two.
  const letters = [first, count === 2 ? last : undefined].map((word) => (word ? (Array.from(word)[0] ?? '') : ''));
  return letters.join('').toLocaleUpperCase();
}
