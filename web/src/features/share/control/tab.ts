import { createApplier, type Applier } from './apply';
import { parseInput, type ControlInput } from './input';

// A person may be in a call in one tab of Parley and share another. The tabs of one browser find each other by the sign
// that each gives to whoever captures it; what somebody in control does is passed to the tab that is shared.

const CHANNEL = 'parley.control';

type Letter =
  | { readonly to: string; readonly what: 'input'; readonly input: ControlInput; readonly name: string }
  /** Somebody was given control; nothing was done with it yet. */
  | { readonly to: string; readonly what: 'begin'; readonly name: string }
  | { readonly to: string; readonly what: 'end' }
  /** From the tab under control: the person before it takes control back. */
  | { readonly to: string; readonly what: 'takeBack' };

interface CaptureHandles {
  readonly setCaptureHandleConfig?: (config: { handle: string; exposeOrigin: boolean; permittedOrigins: string[] }) => void;
}

export interface TabControl {
  /** This tab's sign; null where the browser knows of none. */
  readonly sign: string | null;
  /** Is somebody in control of this tab, who, and where is their pointer? */
  readonly subscribe: (listener: (state: Controlled | null) => void) => () => void;
  readonly begin: (sign: string, name: string) => void;
  readonly send: (sign: string, input: ControlInput, name: string) => void;
  readonly end: (sign: string) => void;
  readonly takeBack: () => void;
  /** Tells the tab that sent the input that its person wants control back. */
  readonly onTakeBack: (listener: () => void) => () => void;
}

export interface Controlled {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

function readLetter(value: unknown): Letter | null {
  if (typeof value !== 'object' || value === null) return null;
  const { to, what, input, name } = value as Readonly<Record<string, unknown>>;
  if (typeof to !== 'string') return null;
  if (what === 'end' || what === 'takeBack') return { to, what };
  if (what === 'begin') return typeof name === 'string' ? { to, what, name } : null;
  const known = what === 'input' && typeof input === 'object' && input !== null ? parseInput(input as Record<string, unknown>) : null;
  return known && typeof name === 'string' ? { to, what: 'input', input: known, name } : null;
}

function giveSign(): string | null {
  const { mediaDevices } = navigator as { mediaDevices?: CaptureHandles };
  if (!mediaDevices?.setCaptureHandleConfig) return null;
  const sign = `parley-${crypto.randomUUID()}`;
  mediaDevices.setCaptureHandleConfig({ handle: sign, exposeOrigin: true, permittedOrigins: [window.location.origin] });
  return sign;
}

export function createTabControl(sign: string | null = giveSign(), applier: Applier = createApplier()): TabControl {
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel(CHANNEL) : null;
  const listeners = new Set<(state: Controlled | null) => void>();
  const takers = new Set<() => void>();
  let state: Controlled | null = null;

  const set = (next: Controlled | null) => {
    state = next;
    for (const listener of [...listeners]) listener(state);
  };

  function receive(letter: Letter) {
    if (letter.what === 'takeBack') {
      for (const listener of [...takers]) listener();
      return;
    }
    if (letter.to !== sign) return;
    if (letter.what === 'end') {
      applier.stop();
      set(null);
      return;
    }
    if (letter.what === 'begin') {
      set({ name: letter.name, x: 0.5, y: 0.5 });
      return;
    }
    const { input, name } = letter;
    const { x, y } = 'x' in input ? input : (state ?? { x: 0.5, y: 0.5 });
    set({ name, x, y });
    applier.apply(input);
  }

  /** A channel speaks to the other tabs only. */
  function post(letter: Letter) {
    if (letter.what === 'takeBack' || letter.to === sign) receive(letter);
    if (letter.to !== sign || letter.what === 'takeBack') channel?.postMessage(letter);
  }

  channel?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const letter = readLetter(data);
    if (letter) receive(letter);
  });

  return {
    sign,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    begin: (to, name) => post({ to, what: 'begin', name }),
    send: (to, input, name) => post({ to, what: 'input', input, name }),
    end: (to) => post({ to, what: 'end' }),
    takeBack: () => {
      applier.stop();
      set(null);
      post({ to: sign ?? '', what: 'takeBack' });
    },
    onTakeBack: (listener) => {
      takers.add(listener);
      return () => takers.delete(listener);
    },
  };
}
