import type { ControlInput } from './input';

// Does in this page what somebody in control does in theirs, by events that the page makes itself. A browser treats
// those as less than a person's own: they reach nothing outside of the page, open no dialog of the browser and fill in
// no form by themselves, so that the usual effects of a key or a click are brought about here.

/** Out of reach: consent to control itself, secrets, and files of the computer. */
const GUARDED = '[data-no-control], input[type="password"], input[type="file"]';

const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), select:not([disabled]), [contenteditable="true"], [tabindex]';

type Field = HTMLInputElement | HTMLTextAreaElement;

const isField = (element: Element | null): element is Field =>
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'reset', 'range', 'color'].includes(element.type));

/** Names of keys are longer than what they write. */
const isLetter = (key: string): boolean => /^.$/u.test(key);

const isGuarded = (element: Element): boolean => element.closest(GUARDED) !== null;

/** The page listens to `input`, not to the value: so it is told. */
function put(field: Field, text: string, from: number, to: number): void {
  if (field.readOnly) return;
  try {
    field.setRangeText(text, from, to, 'end');
  } catch {
    // Fields of some types know no places in their text; what is typed goes to the end.
    const prototype = field instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
    const kept = text === '' ? field.value.slice(0, -1) : field.value + text;
    Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(field, kept);
  }
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: text === '' ? 'deleteContent' : 'insertText', data: text || null }));
}

function erase(field: Field, back: boolean): void {
  const [from, to] = [field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length];
  if (from !== to) put(field, '', from, to);
  else if (back && from > 0) put(field, '', from - 1, to);
  else if (!back && to < field.value.length) put(field, '', from, to + 1);
}

function moveCaret(field: Field, key: string): void {
  const at = field.selectionStart ?? 0;
  const length = field.value.length;
  const to = { ArrowLeft: Math.max(0, at - 1), ArrowRight: Math.min(length, at + 1), Home: 0, End: length }[key];
  if (to !== undefined) field.setSelectionRange(to, to);
}

function typeInto(field: Field, key: string): void {
  if (key === 'Backspace' || key === 'Delete') erase(field, key === 'Backspace');
  else if (key === 'Enter' && field instanceof HTMLTextAreaElement) put(field, '\n', field.selectionStart, field.selectionEnd);
  else if (key === 'Enter') field.form?.requestSubmit();
  else if (isLetter(key)) put(field, key, field.selectionStart ?? field.value.length, field.selectionEnd ?? field.value.length);
  else moveCaret(field, key);
}

function step(back: boolean): void {
  const all = [...document.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) => element.tabIndex >= 0 && element.closest('[inert]') === null && !isGuarded(element) && element.getClientRects().length > 0,
  );
  const at = all.findIndex((element) => element === document.activeElement);
  all.at((at + (back ? -1 : 1)) % (all.length || 1))?.focus();
}

/** What a key does by itself, where nothing in the page took it for something else. */
function effect(target: Element, { key, ctrl, alt, meta, shift }: Extract<ControlInput, { kind: 'keydown' | 'keyup' }>): void {
  if (ctrl || alt || meta) return;
  if (key === 'Tab') step(shift);
  else if (isField(target)) typeInto(target, key);
  else if (target instanceof HTMLElement && target.isContentEditable && isLetter(key)) target.append(key);
  else if ((key === 'Enter' || key === ' ') && target instanceof HTMLElement && target.matches('button, a, summary, input, [role="button"]')) target.click();
}

function applyKey(input: Extract<ControlInput, { kind: 'keydown' | 'keyup' }>): void {
  const target = document.activeElement ?? document.body;
  if (isGuarded(target)) return;
  const { kind, key, code, ctrl, shift, alt, meta } = input;
  const event = new KeyboardEvent(kind, {
    key,
    code,
    ctrlKey: ctrl,
    shiftKey: shift,
    altKey: alt,
    metaKey: meta,
    bubbles: true,
    cancelable: true,
    composed: true,
  });
  if (target.dispatchEvent(event) && kind === 'keydown') effect(target, input);
}

function scroll(from: Element, dx: number, dy: number): void {
  for (let element: Element | null = from; element; element = element.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(element);
    const scrolls = (way: string, whole: number, seen: number) => /auto|scroll/.test(way) && whole > seen;
    const along = dy !== 0 && scrolls(overflowY, element.scrollHeight, element.clientHeight);
    if (along || (dx !== 0 && scrolls(overflowX, element.scrollWidth, element.clientWidth))) {
      element.scrollBy(dx, dy);
      return;
    }
  }
}

export interface Applier {
  readonly apply: (input: ControlInput) => void;
  /** Lets go of what is still pressed. */
  readonly stop: () => void;
}

type PointerKind = 'move' | 'down' | 'up';

/** Hands and keys of somebody else, in this page. */
export function createApplier(): Applier {
  let pressed: Element | null = null;
  let over: Element | null = null;
  let last = { x: 0, y: 0 };

  function point(kind: PointerKind, target: Element, button: number): boolean {
    const init = {
      bubbles: true,
      cancelable: true,
      composed: true,
      clientX: last.x,
      clientY: last.y,
      button: kind === 'move' ? 0 : button,
      buttons: pressed || kind === 'down' ? 1 : 0,
      detail: 1,
    };
    target.dispatchEvent(new PointerEvent(`pointer${kind}`, { ...init, button: kind === 'move' ? -1 : button, pointerId: 1, isPrimary: true, pointerType: 'mouse' }));
    return target.dispatchEvent(new MouseEvent(`mouse${kind}`, init));
  }

  function hover(target: Element) {
    if (target === over) return;
    const tell = (element: Element, name: string) => {
      element.dispatchEvent(new PointerEvent(`pointer${name}`, { bubbles: true, pointerType: 'mouse', clientX: last.x, clientY: last.y }));
      element.dispatchEvent(new MouseEvent(`mouse${name}`, { bubbles: true, clientX: last.x, clientY: last.y }));
    };
    if (over?.isConnected) tell(over, 'out');
    over = target;
    tell(target, 'over');
  }

  function press(target: Element, button: number) {
    const usual = point('down', target, button);
    pressed = target;
    const focus = target.closest<HTMLElement>(FOCUSABLE);
    if (!usual) return;
    if (focus) focus.focus();
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  }

  function release(target: Element, button: number) {
    point('up', target, button);
    const began = pressed;
    pressed = null;
    if (!began?.isConnected || !(target === began || began.contains(target) || target.contains(began))) return;
    const hit = target.contains(began) ? target : began;
    if (button === 2) {
      hit.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: last.x, clientY: last.y, button }));
    } else if (button === 0) {
      hit.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, composed: true, clientX: last.x, clientY: last.y, detail: 1 }));
    }
  }

  return {
    apply: (input) => {
      if (!('x' in input)) {
        applyKey(input);
        return;
      }
      last = { x: input.x * window.innerWidth, y: input.y * window.innerHeight };
      const target = document.elementFromPoint(last.x, last.y);
      if (!target || isGuarded(target)) return;
      hover(target);
      if (input.kind === 'move') point('move', target, 0);
      else if (input.kind === 'wheel') scroll(target, input.dx, input.dy);
      else if (input.kind === 'down') press(target, input.button);
      else release(target, input.button);
    },
    stop: () => {
      if (pressed?.isConnected) point('up', pressed, 0);
      pressed = null;
      over = null;
    },
  };
}
