import type { KeyboardEvent } from 'react';

/** A room as the keys know it: by its name, drawn or not. */
export interface Named {
  readonly id: string;
  readonly title: string;
}

/** The row that a key leads to from another; undefined when the key is none of the list's. */
export function stepTo(rows: readonly Named[], at: number, key: string): number | undefined {
  const last = rows.length - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, at + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
  }
  if (key.length !== 1 || key === ' ') return undefined;
  const letter = key.toLocaleLowerCase();
  const order = [...rows.keys()].slice(at + 1).concat([...rows.keys()].slice(0, at));
  return order.find((index) => rows[index]?.title.toLocaleLowerCase().startsWith(letter));
}

const linkOf = (box: HTMLElement, id: string): HTMLElement | null =>
  box.querySelector<HTMLElement>(`[data-room="${CSS.escape(id)}"] > a`);

/** Puts the focus on a room's row; brings it into the page first when it is too far away to be drawn. */
function focusRow(box: HTMLElement, rows: readonly Named[], to: number): void {
  const id = rows[to]?.id;
  if (id === undefined) return;
  const link = linkOf(box, id);
  if (link) {
    link.focus();
    return;
  }
  box.scrollTop = (box.scrollHeight * to) / Math.max(1, rows.length) - box.clientHeight / 2;
  requestAnimationFrame(() => requestAnimationFrame(() => linkOf(box, id)?.focus()));
}

/** Up, down, Home, End and the first letters walk the rooms, those too that are not drawn. */
export function walkRooms(event: KeyboardEvent<HTMLElement>, rows: readonly Named[]): void {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
  const here = event.target.closest<HTMLElement>('[data-room]')?.dataset.room;
  const at = rows.findIndex(({ id }) => id === here);
  const to = at < 0 ? undefined : stepTo(rows, at, event.key);
  if (to === undefined) return;
  event.preventDefault();
  focusRow(event.currentTarget, rows, to);
}
