type KeyLike = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'repeat'>;

export type CallKey =
  | 'microphone'
  | 'camera'
  | 'screen'
  | 'hand'
  | 'react'
  | 'layout'
  | 'chat'
  | 'people'
  | 'invite'
  | 'blur'
  | 'fullScreen'
  | 'talk'
  | 'close'
  | 'previousPage'
  | 'nextPage'
  | 'stats'
  | 'leave';

const letters: Readonly<Record<string, CallKey>> = {
  m: 'microphone',
  v: 'camera',
  s: 'screen',
  h: 'hand',
  k: 'react',
  l: 'layout',
  t: 'chat',
  u: 'people',
  i: 'invite',
  b: 'blur',
  f: 'fullScreen',
  '[': 'previousPage',
  ']': 'nextPage',
};

const chords: Readonly<Record<string, CallKey>> = { d: 'microphone', e: 'camera' };
const shiftChords: Readonly<Record<string, CallKey>> = { s: 'stats', h: 'leave' };

/** The letter of a key; on layouts of other scripts, the one that stands there on a Latin keyboard. */
function letterOf({ key, code }: KeyLike): string {
  const letter = key.toLowerCase();
  return letter.length === 1 && letter > '\u007f' && code.startsWith('Key') ? code.slice(3).toLowerCase() : letter;
}

/** What a key means during a call; null when it means nothing here. */
export function callKeyOf(event: KeyLike): CallKey | null {
  if (event.key === 'Escape') return 'close';
  if (event.repeat || event.altKey) return null;
  // Chords work everywhere in a call, text fields included.
  if (event.ctrlKey || event.metaKey) return (event.shiftKey ? shiftChords : chords)[letterOf(event)] ?? null;
  if (event.shiftKey) return null;
  if (event.key === ' ') return 'talk';
  return letters[letterOf(event)] ?? null;
}

/** Single keys belong to whoever is written into or chosen from. */
export function takesLetters(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="menu"]') !== null
  );
}

/** Space presses what has the focus; only elsewhere it talks. */
export function takesSpace(target: EventTarget | null): boolean {
  return takesLetters(target) || (target instanceof Element && target.closest('button, a, summary, [role="button"]') !== null);
}
