// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { keepKeys, usualKeys, withKeys } from '@/features/palette/bindings';
import { shareKeyOf } from './keys';

const key = (key: string, more: Partial<KeyboardEvent> = {}) =>
  shareKeyOf({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

beforeEach(() => keepKeys(usualKeys));

describe('keys over a shared screen', () => {
  it('1 to 6 take the tools in their order', () => {
    expect(['1', '2', '3', '4', '5', '6'].map((digit) => key(digit))).toEqual(
      ['pen', 'highlighter', 'arrow', 'box', 'text', 'laser'].map((tool) => ({ act: 'tool', tool })),
    );
    expect(key('7')).toBeNull();
    expect(key('٣', { code: 'Digit3' })).toEqual({ act: 'tool', tool: 'arrow' });
    expect(key('"', { code: 'Digit3' })).toBeNull();
  });

  it('undo, clear, zoom, full screen and escape', () => {
    expect(key('z', { ctrlKey: true })).toEqual({ act: 'undo' });
    expect(key('z', { metaKey: true })).toEqual({ act: 'undo' });
    expect(key('ئ', { ctrlKey: true, code: 'KeyZ' })).toEqual({ act: 'undo' });
    expect(key('Z', { ctrlKey: true, shiftKey: true })).toBeNull();
    expect(key('Delete', { shiftKey: true })).toEqual({ act: 'clear' });
    expect(key('Delete')).toBeNull();
    expect([key('+', { shiftKey: true }), key('='), key('-'), key('0'), key('f'), key('Escape')]).toEqual(
      ['zoomIn', 'zoomIn', 'zoomOut', 'fit', 'full', 'escape'].map((act) => ({ act })),
    );
  });

  it('arrows move, with Shift ten times as far', () => {
    expect(key('ArrowLeft')).toEqual({ act: 'move', x: -1, y: 0 });
    expect(key('ArrowDown', { shiftKey: true })).toEqual({ act: 'move', x: 0, y: 10 });
  });

  it('digits and signs alone can be switched off, full screen has the keys that were chosen for it', () => {
    keepKeys({ ...withKeys(usualKeys, 'fullScreen', 'Ctrl+G'), singles: false });
    expect([key('1'), key('+'), key('0'), key('f')]).toEqual([null, null, null, null]);
    expect(key('g', { ctrlKey: true })).toEqual({ act: 'full' });
    expect(key('Escape')).toEqual({ act: 'escape' });
    expect(key('ArrowLeft')).toEqual({ act: 'move', x: -1, y: 0 });
  });

  it('leaves chords of the page and the browser alone', () => {
    expect([key('1', { ctrlKey: true }), key('1', { altKey: true }), key('-', { ctrlKey: true })]).toEqual([null, null, null]);
  });
});
