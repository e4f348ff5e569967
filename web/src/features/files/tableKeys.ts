import type { KeyboardEvent } from 'react';
import type { Id } from '@/shared/api/types';

interface Row {
  readonly id: Id;
  readonly name: string;
}

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

const PAGE = 10;

/** The row that a key leads to; null when the key is none that walks. A letter goes to the next name that begins with it. */
export function stepOf({ key, ctrlKey, metaKey, altKey }: Pressed, rows: readonly Row[], from: Id): number | null {
  const at = rows.findIndex(({ id }) => id === from);
  const last = rows.length - 1;
  const to = (index: number) => Math.min(last, Math.max(0, index));
  switch (key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'PageDown':
      return to(at + PAGE);
    case 'PageUp':
      return to(at - PAGE);
    case 'Home':
      return 0;
    case 'End':
      return last;
  }
  if (key.length !== 1 || key === ' ' || ctrlKey || metaKey || altKey) return null;
  const letter = key.toLocaleLowerCase();
  const order = [...rows.keys()].map((index) => (at + 1 + index) % rows.length);
  return order.find((index) => rows[index]?.name.toLocaleLowerCase().startsWith(letter)) ?? null;
}
