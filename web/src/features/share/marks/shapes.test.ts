import { describe, expect, it } from 'vitest';
import type { Stroke } from '@/shared/api/events';
import { pathOf, sheetOf } from './shapes';

const sheet = sheetOf(2);
const draw = (tool: Stroke['tool'], points: number[]) => pathOf({ id: '1', tool, points, width: 0.005 }, sheet);

describe('marks on the sheet', () => {
  it('is as high as the source is', () => expect(sheet).toEqual({ width: 1600, height: 800 }));

  it('a touch is a dot, two points a line, more a curve that begins and ends where the hand did', () => {
    expect(draw('pen', [0.5, 0.5])).toBe('M800 400l0.01 0');
    expect(draw('pen', [0, 0, 1, 1])).toBe('M0 0L1600 800');
    const path = draw('highlighter', [0, 0, 0.5, 0.5, 1, 0.5]);
    expect(path).toBe('M0 0Q800 400 1200 400L1600 400');
  });

  it('a box is the same from whichever corner it was drawn', () => {
    expect(draw('box', [0.75, 0.75, 0.25, 0.25])).toBe(draw('box', [0.25, 0.25, 0.75, 0.75]));
    expect(draw('box', [0.25, 0.25, 0.75, 0.75])).toBe('M400 200h800v400h-800z');
  });

  it('an arrow points to where it was drawn to', () => {
    const path = draw('arrow', [0, 0.5, 0.5, 0.5]);
    expect(path.startsWith('M0 400L800 400M')).toBe(true);
    const [, one, other] = /M([\d.]+) [\d.]+L800 400L([\d.]+) [\d.]+$/.exec(path) ?? [];
    expect(Number(one)).toBeLessThan(800);
    expect(one).toBe(other);
  });

  it('nothing is drawn of a stroke without its points', () => expect(draw('arrow', [0.1, 0.1])).toBe(''));
});
