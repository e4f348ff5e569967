import { describe, expect, it } from 'vitest';
import { createDoubleEscape, parseInput } from './input';

describe('what comes over the line', () => {
  it('is taken when it is something that we do', () => {
    expect(parseInput({ kind: 'move', x: 0.5, y: 1 })).toEqual({ kind: 'move', x: 0.5, y: 1 });
    expect(parseInput({ kind: 'down', x: 0, y: 0, button: 0, more: 'x' })).toEqual({ kind: 'down', x: 0, y: 0, button: 0 });
    expect(parseInput({ kind: 'wheel', x: 0, y: 0, dx: 0, dy: -120 })).toMatchObject({ dy: -120 });
    expect(parseInput({ kind: 'keydown', key: 'a', code: 'KeyA', shift: 'yes' })).toMatchObject({ key: 'a', shift: false });
  });

  it.each([
    {},
    { kind: 'move', x: 1.2, y: 0 },
    { kind: 'move', x: NaN, y: 0 },
    { kind: 'down', x: 0, y: 0, button: 7 },
    { kind: 'wheel', x: 0, y: 0, dx: Infinity, dy: 0 },
    { kind: 'keydown', key: '', code: '' },
    { kind: 'keydown', key: 'x'.repeat(99), code: '' },
    { kind: 'eval', x: 0, y: 0 },
  ])('is dropped otherwise: %o', (wire) => expect(parseInput(wire)).toBeNull());
});

describe('Esc Esc', () => {
  it('counts within a short time, with nothing between', () => {
    let time = 0;
    const press = createDoubleEscape(() => time);
    expect(press('Escape')).toBe(false);
    time = 500;
    expect(press('Escape')).toBe(true);
    expect(press('Escape')).toBe(false);
    time = 5000;
    expect(press('Escape')).toBe(false);
    expect(press('a')).toBe(false);
    expect(press('Escape')).toBe(false);
  });
});
