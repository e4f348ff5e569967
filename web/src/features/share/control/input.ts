import type { Point } from '../view/viewport';

/** What the one in control does. Places are fractions of the shared picture. */
export type ControlInput =
  | { readonly kind: 'move'; readonly x: number; readonly y: number }
  | { readonly kind: 'down' | 'up'; readonly x: number; readonly y: number; readonly button: number }
  | { readonly kind: 'wheel'; readonly x: number; readonly y: number; readonly dx: number; readonly dy: number }
  | {
      readonly kind: 'keydown' | 'keyup';
      readonly key: string;
      readonly code: string;
      readonly ctrl: boolean;
      readonly shift: boolean;
      readonly alt: boolean;
      readonly meta: boolean;
    };

type Wire = Readonly<Record<string, unknown>>;

const fraction = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1;
const finite = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const MOST_KEY = 32;
const name = (value: unknown): value is string => typeof value === 'string' && value.length <= MOST_KEY;

/** What came over the line, if it is something that we do; it is another person's page that made it. */
export function parseInput(wire: Wire): ControlInput | null {
  const { kind, x, y, button, dx, dy, key, code } = wire;
  if (kind === 'keydown' || kind === 'keyup') {
    if (!name(key) || key === '' || !name(code)) return null;
    const on = (flag: string) => wire[flag] === true;
    return { kind, key, code, ctrl: on('ctrl'), shift: on('shift'), alt: on('alt'), meta: on('meta') };
  }
  if (!fraction(x) || !fraction(y)) return null;
  if (kind === 'move') return { kind, x, y };
  if (kind === 'wheel') return finite(dx) && finite(dy) ? { kind, x, y, dx, dy } : null;
  if (kind === 'down' || kind === 'up') return button === 0 || button === 1 || button === 2 ? { kind, x, y, button } : null;
  return null;
}

export function keyInput(kind: 'keydown' | 'keyup', event: KeyboardEvent | React.KeyboardEvent): ControlInput {
  const { key, code, ctrlKey: ctrl, shiftKey: shift, altKey: alt, metaKey: meta } = event;
  return { kind, key, code, ctrl, shift, alt, meta };
}

export const moveInput = ({ x, y }: Point): ControlInput => ({ kind: 'move', x, y });

const DOUBLE_MS = 600;

/** Esc twice in a short time takes or gives control back. Tells whether this press is the second. */
export function createDoubleEscape(now: () => number): (key: string) => boolean {
  let last = -Infinity;
  return (key) => {
    if (key !== 'Escape') {
      last = -Infinity;
      return false;
    }
    const twice = now() - last <= DOUBLE_MS;
    last = twice ? -Infinity : now();
    return twice;
  };
}
