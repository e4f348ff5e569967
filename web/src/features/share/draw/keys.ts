import { actFor, keyChoices } from '@/features/palette/bindings';
import { tools, type Tool } from '../marks/types';

type KeyLike = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

export type ShareKey =
  | { readonly act: 'tool'; readonly tool: Tool }
  | { readonly act: 'undo' | 'clear' | 'zoomIn' | 'zoomOut' | 'fit' | 'full' | 'escape' }
  | { readonly act: 'move'; readonly x: number; readonly y: number };

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Digits of any script: the key says which, where the letter does not. */
function digitOf({ key, code }: KeyLike): number | null {
  if (/^[0-9]$/.test(key)) return Number(key);
  const place = /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1];
  return place !== undefined && /^\p{Nd}$/u.test(key) ? Number(place) : null;
}

const simple: Readonly<Record<string, 'zoomIn' | 'zoomOut'>> = {
  '+': 'zoomIn',
  '=': 'zoomIn',
  '-': 'zoomOut',
};

/** What a key means over a shared screen; null when it means nothing here. */
export function shareKeyOf(event: KeyLike): ShareKey | null {
  if (actFor(event, ['stage']) === 'fullScreen') return { act: 'full' };
  const { key, code, altKey, shiftKey } = event;
  if (altKey) return null;
  if (event.ctrlKey || event.metaKey) {
    const undo = !shiftKey && (key.toLowerCase() === 'z' || (key > '\u007f' && code === 'KeyZ'));
    return undo ? { act: 'undo' } : null;
  }
  const arrow = arrows[key];
  if (arrow) return { act: 'move', x: arrow[0] * (shiftKey ? 10 : 1), y: arrow[1] * (shiftKey ? 10 : 1) };
  if (shiftKey && key === 'Delete') return { act: 'clear' };
  if (key === 'Escape' && !shiftKey) return { act: 'escape' };
  if ((shiftKey && key !== '+') || !keyChoices().singles) return null;
  const digit = digitOf(event);
  if (digit === 0) return { act: 'fit' };
  const tool = digit === null ? undefined : tools[digit - 1];
  if (tool) return { act: 'tool', tool };
  const act = simple[key];
  return act ? { act } : null;
}
