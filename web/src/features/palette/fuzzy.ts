/**
 * How well letters typed in order fit a text: null when they do not, else the higher the better. Whole words and
 * beginnings of words count most.
 */
export function fuzzy(query: string, text: string): number | null {
  const wanted = query.toLocaleLowerCase().replace(/\s+/g, '');
  const given = text.toLocaleLowerCase();
  if (wanted === '') return 0;
  const at = given.indexOf(query.toLocaleLowerCase().trim());
  if (at >= 0) return 100 - Math.min(40, at) + (at === 0 || /\W/u.test(given[at - 1] ?? '') ? 50 : 0) - given.length * 0.1;
  let score = 0;
  let from = 0;
  for (const letter of wanted) {
    const found = given.indexOf(letter, from);
    if (found < 0) return null;
    const begins = found === 0 || /[\s\W_]/u.test(given[found - 1] ?? '');
    score += begins ? 8 : found === from ? 4 : 1;
    from = found + 1;
  }
  return score - given.length * 0.1;
}

/** Where the letters of a query stand in a text, for lighting them: `[from, to)` pairs. */
export function fuzzyMarks(query: string, text: string): readonly (readonly [number, number])[] {
  const whole = query.trim().toLocaleLowerCase();
  const given = text.toLocaleLowerCase();
  if (whole === '' || given.length !== text.length) return [];
  const at = given.indexOf(whole);
  if (at >= 0) return [[at, at + whole.length]];
  const marks: [number, number][] = [];
  let from = 0;
  for (const letter of whole.replace(/\s+/g, '')) {
    const found = given.indexOf(letter, from);
    if (found < 0) return [];
    const last = marks.at(-1);
    if (last?.[1] === found) last[1] = found + 1;
    else marks.push([found, found + 1]);
    from = found + 1;
  }
  return marks;
}
