import { describe, expect, it } from 'vitest';
import { colorOf, HIGHLIGHT } from './colors';
import { inkOf, parsePen, penReducer, type PenState } from './penReducer';

const nothing: PenState = { tool: null, color: null, keep: false };

describe('what I draw with', () => {
  it('is taken and laid down with the same key', () => {
    const pen = penReducer(nothing, { type: 'toggle', tool: 'pen' });
    expect(pen.tool).toBe('pen');
    expect(penReducer(pen, { type: 'toggle', tool: 'box' }).tool).toBe('box');
    expect(penReducer(pen, { type: 'toggle', tool: 'pen' }).tool).toBeNull();
  });

  it('has my own colour until I choose another', () => {
    expect(inkOf(nothing, 'pen', 'ada')).toBe(colorOf('ada').mark);
    expect(inkOf(nothing, 'highlighter', 'ada')).toBe(HIGHLIGHT);
    const pink = penReducer(nothing, { type: 'color', color: 'pink' });
    expect([inkOf(pink, 'pen', 'ada'), inkOf(pink, 'text', 'ada'), inkOf(pink, 'highlighter', 'ada')]).toEqual(['#e0477e', '#c02c63', '#ffc4d9']);
  });

  it('keeps colour and keeping for the next time, never the tool', () => {
    expect(parsePen({ tool: 'pen', color: 'blue', keep: true })).toEqual({ tool: null, color: 'blue', keep: true });
    expect(parsePen({ color: 'moss', keep: 1 })).toEqual(nothing);
  });
});
