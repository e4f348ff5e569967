import type { KeyboardEvent } from 'react';

/** Up and down go from the field through the results, and back into the field; Ctrl Enter opens a result in a new tab. */
export function walkHits(event: KeyboardEvent<HTMLElement>, onOpen?: () => void): void {
  const { key, target } = event;
  if (key === 'Enter' && (event.ctrlKey || event.metaKey) && target instanceof HTMLAnchorElement) {
    event.preventDefault();
    onOpen?.();
    window.open(target.href, '_blank', 'noopener');
    return;
  }
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input[type="search"], [data-hit]')];
  const at = stops.indexOf(target as HTMLElement);
  const next = stops[at + (key === 'ArrowDown' ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
