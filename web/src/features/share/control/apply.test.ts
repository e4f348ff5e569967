// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createApplier } from './apply';
import type { ControlInput } from './input';

const key = (name: string): ControlInput => ({ kind: 'keydown', key: name, code: '', ctrl: false, shift: false, alt: false, meta: false });

function show(html: string): HTMLElement {
  document.body.innerHTML = html;
  const element = document.body.firstElementChild as HTMLElement;
  Object.defineProperty(document, 'elementFromPoint', { configurable: true, value: () => element });
  return element;
}

function type(text: string) {
  const { apply } = createApplier();
  for (const letter of text) apply(key(letter));
  return apply;
}

beforeEach(() => {
  // Not in jsdom; for these tests a mouse is enough of a pointer.
  vi.stubGlobal('PointerEvent', MouseEvent);
  document.body.innerHTML = '';
});

describe('a hand from elsewhere', () => {
  it('presses a button where its fractions fall', () => {
    const button = show('<button>Go</button>');
    const clicked = vi.fn();
    const places: number[] = [];
    button.addEventListener('click', clicked);
    button.addEventListener('pointermove', (event) => places.push(event.clientX, event.clientY));
    const { apply } = createApplier();
    apply({ kind: 'move', x: 0.5, y: 0.25 });
    apply({ kind: 'down', x: 0.5, y: 0.25, button: 0 });
    expect(document.activeElement).toBe(button);
    apply({ kind: 'up', x: 0.5, y: 0.25, button: 0 });
    expect(clicked).toHaveBeenCalledTimes(1);
    expect(places).toEqual([window.innerWidth / 2, window.innerHeight / 4]);
  });

  it('that lets go elsewhere presses nothing', () => {
    const button = show('<button>Go</button>');
    const clicked = vi.fn();
    button.addEventListener('click', clicked);
    const { apply } = createApplier();
    apply({ kind: 'down', x: 0, y: 0, button: 0 });
    Object.defineProperty(document, 'elementFromPoint', { configurable: true, value: () => document.createElement('p') });
    apply({ kind: 'up', x: 0.9, y: 0.9, button: 0 });
    expect(clicked).not.toHaveBeenCalled();
  });

  it('reaches neither consent, nor a password, nor files', () => {
    const clicked = vi.fn();
    for (const html of ['<div data-no-control><button>Allow</button></div>', '<input type="password">', '<input type="file">']) {
      const element = show(html);
      element.addEventListener('click', clicked);
      element.addEventListener('pointerdown', clicked);
      const { apply } = createApplier();
      apply({ kind: 'down', x: 0, y: 0, button: 0 });
      apply({ kind: 'up', x: 0, y: 0, button: 0 });
    }
    expect(clicked).not.toHaveBeenCalled();
    const secret = show('<input type="password">') as HTMLInputElement;
    secret.focus();
    type('x');
    expect(secret.value).toBe('');
  });
});

describe('keys from elsewhere', () => {
  it('write into a field, and the page is told', () => {
    const field = show('<input>') as HTMLInputElement;
    const heard = vi.fn();
    field.addEventListener('input', heard);
    field.focus();
    const apply = type('abc');
    expect(field.value).toBe('abc');
    apply(key('ArrowLeft'));
    apply(key('Backspace'));
    expect(field.value).toBe('ac');
    apply(key('Home'));
    apply(key('Delete'));
    expect(field.value).toBe('c');
    expect(heard).toHaveBeenCalledTimes(5);
  });

  it('that the page takes for something else do nothing more', () => {
    const field = show('<textarea></textarea>') as HTMLTextAreaElement;
    field.addEventListener('keydown', (event) => event.preventDefault());
    field.focus();
    type('a');
    expect(field.value).toBe('');
  });

  it('send a form with Enter, break a line in a longer text', () => {
    const form = show('<form><input></form>') as HTMLFormElement;
    const sent = vi.fn((event: Event) => event.preventDefault());
    form.addEventListener('submit', sent);
    form.querySelector('input')?.focus();
    createApplier().apply(key('Enter'));
    expect(sent).toHaveBeenCalledTimes(1);
    const area = show('<textarea></textarea>') as HTMLTextAreaElement;
    area.focus();
    createApplier().apply(key('Enter'));
    expect(area.value).toBe('\n');
  });

  it('press what has the focus', () => {
    const button = show('<button>Go</button>');
    const clicked = vi.fn();
    button.addEventListener('click', clicked);
    button.focus();
    createApplier().apply(key('Enter'));
    createApplier().apply(key(' '));
    expect(clicked).toHaveBeenCalledTimes(2);
  });
});
