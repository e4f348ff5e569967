import { actFor, type ActId } from '@/features/palette/bindings';

type KeyLike = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'repeat'>;

/** An act of a call, or one of its two keys that stay as they are. */
export type CallKey = ActId | 'talk' | 'close';

/** What a key means during a call; null when it means nothing here. `shown`: the call itself is on screen. */
export function callKeyOf(event: KeyLike, shown = true): CallKey | null {
  if (event.key === 'Escape') return 'close';
  if (event.repeat) return null;
  const bare = !event.altKey && !event.shiftKey && !event.ctrlKey && !event.metaKey;
  if (event.key === ' ' && bare) return 'talk';
  return actFor(event, shown ? ['call', 'stage'] : ['call']);
}

/** Is it in one of these? An element of another window is none of this window's Elements: it is known by what it can do. */
export function within(target: EventTarget | null, selector: string): boolean {
  return target !== null && 'closest' in target && (target as Element).closest(selector) !== null;
}

/** Single keys belong to whoever is written into or chosen from. */
export function takesLetters(target: EventTarget | null): boolean {
  return within(target, 'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="menu"]');
}

/** Space presses what has the focus; only elsewhere it talks. */
export function takesSpace(target: EventTarget | null): boolean {
  return takesLetters(target) || within(target, 'button, a, summary, [role="button"]');
}
