import { describe, expect, it } from 'vitest';
import type { Stroke } from '@/shared/api/events';
import { withStroke } from '../marks/sharesReducer';
import type { Tool } from '../marks/types';
import { fitText, startPen, textMark } from './pen';
import { colorOf, colors, plateOf } from './colors';

function pen(tool: Tool) {
  let n = 0;
  return startPen({ tool, color: '#112233', author: 'me', newId: () => `n${++n}` }, { x: 0.1, y: 0.1 });
}

describe('a pen', () => {
  it('tells its line in parts that make up the whole', () => {
    const line = pen('pen');
    const parts = [line.take()];
    line.move({ x: 0.2, y: 0.2 });
    line.move({ x: 0.3, y: 0.3 });
    parts.push(line.take());
    expect(line.take()).toBeNull();
    line.move({ x: 0.4, y: 0.4 });
    parts.push(line.take(true));
    expect(parts.map((part) => part?.more)).toEqual([true, true, false]);
    const strokes = parts.reduce<readonly Stroke[]>((all, part) => (part ? withStroke(all, part) : all), []);
    expect(strokes).toHaveLength(1);
    expect(strokes[0]?.points).toEqual([0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.4, 0.4]);
  });

  it('leaves out points that nobody could see', () => {
    const line = pen('pen');
    line.take();
    line.move({ x: 0.1001, y: 0.1 });
    expect(line.take()).toBeNull();
  });

  it('that ends without having moved still says so', () => {
    const line = pen('pen');
    line.take();
    expect(line.take(true)).toMatchObject({ more: false, points: [0.1, 0.1] });
  });

  it('draws a box and an arrow from where it began to where it is', () => {
    const box = pen('box');
    expect(box.take()?.points).toEqual([0.1, 0.1, 0.1, 0.1]);
    box.move({ x: 0.5, y: 0.3 });
    box.move({ x: 0.6, y: 0.4 });
    expect(box.take(true)?.points).toEqual([0.1, 0.1, 0.6, 0.4]);
  });

  it('goes on as another stroke where the server takes no more points, without a gap', () => {
    const line = pen('pen');
    const parts = [line.take()];
    for (let i = 1; i <= 2500; i++) {
      line.move({ x: 0.1 + (i % 2) * 0.01, y: 0.1 + i * 0.0003 });
      if (i % 10 === 0) parts.push(line.take());
    }
    const strokes = parts.reduce<readonly Stroke[]>((all, part) => (part ? withStroke(all, part) : all), []);
    expect(strokes.length).toBe(2);
    for (const { points } of strokes) expect(points.length / 2).toBeLessThanOrEqual(2000);
    expect(strokes[1]?.points.slice(0, 2)).toEqual(strokes[0]?.points.slice(-2));
  });
});

describe('a text', () => {
  it('is cut where the server takes no more, never within a letter', () => {
    expect(fitText('  hello ')).toBe('hello');
    const family = '👨‍👩‍👧‍👦';
    const cut = fitText(family.repeat(40));
    expect(new TextEncoder().encode(cut).length).toBeLessThanOrEqual(500);
    expect(cut.length % family.length).toBe(0);
  });

  it('has one place', () => {
    expect(textMark('a', { x: 0.5, y: 0.25 }, '#00687a', 'me', '1')).toMatchObject({ tool: 'text', points: [0.5, 0.25], text: 'a' });
  });
});

describe('colours', () => {
  it('are one for each person, and dark enough under white words', () => {
    expect(colorOf('ada')).toBe(colorOf('ada'));
    const luminance = (hex: string) => {
      const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
        const value = parseInt(hex.slice(at, at + 2), 16) / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    for (const { plate } of colors) expect(1.05 / (luminance(plate) + 0.05)).toBeGreaterThanOrEqual(4.5);
  });

  it('from elsewhere give way to the author’s own under words', () => {
    expect(plateOf('#E0477E', 'x')).toBe('#c02c63');
    expect(plateOf('#ffffff', 'ada')).toBe(colorOf('ada').plate);
  });
});
