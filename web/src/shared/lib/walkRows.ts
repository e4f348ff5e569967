import type { KeyboardEvent } from 'react';

/**
 * Arrows, Home, End and first letters go from row to row of a list. Of each row one thing takes the focus: it is marked
 * `data-row`, with the name that letters find. Without `letters` those are left to whoever else knows them.
 */
export function walkRows(event: KeyboardEvent<HTMLElement>, letters = true): void {
  const { key, target, currentTarget } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || !(target instanceof HTMLElement) || target.closest('input, textarea, [role="menu"]')) return;
  const rows = [...currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.findIndex((row) => row === target);
  if (at < 0) return;
  const steps: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
  const to = steps[key] ?? (event.shiftKey || !letters ? undefined : withLetter(rows, at, key));
  if (to === undefined) return;
  // An arrow on a menu's button would open the menu: here it walks on.
  event.preventDefault();
  event.stopPropagation();
  rows[Math.max(0, Math.min(rows.length - 1, to))]?.focus();
}

function withLetter(rows: readonly HTMLElement[], at: number, key: string): number | undefined {
  if (key.length !== 1 || key === ' ') return undefined;
  const letter = key.toLocaleLowerCase();
  const after = [...rows.keys()];
  return [...after.slice(at + 1), ...after.slice(0, at)].find((index) => rows[index]?.dataset.row?.toLocaleLowerCase().startsWith(letter));
}
