import { describe, expect, it } from 'vitest';
import { actualZoom, fitted, intoSource, isInside, panBy, planeOf, settleView, toFrame, toSource, zoomAt } from './viewport';

const source = { width: 1920, height: 1080 };
const wide = { width: 1200, height: 500 };
const tall = { width: 360, height: 640 };

describe('a screen in its frame', () => {
  it('fits whole and lies in the middle', () => {
    expect(planeOf(fitted, { width: 960, height: 540 }, source)).toEqual({ left: 0, top: 0, width: 960, height: 540 });
    const plane = planeOf(fitted, wide, source);
    expect(plane.height).toBe(500);
    expect(plane.left).toBeCloseTo((1200 - plane.width) / 2);
  });

  it('is never shown larger than twice its own pixels', () => {
    const small = { width: 100, height: 100 };
    expect(planeOf(fitted, { width: 1000, height: 1000 }, small)).toEqual({ left: 400, top: 400, width: 200, height: 200 });
    expect(settleView({ zoom: 50, x: 0.5, y: 0.5 }, { width: 100, height: 100 }, small).zoom).toBe(2);
  });

  it.each([wide, tall])('says the same place of the source in every frame', (frame) => {
    for (const view of [fitted, { zoom: 1.5, x: 0.4, y: 0.6 }]) {
      const plane = planeOf(view, frame, source);
      const place = toSource(toFrame({ x: 0.25, y: 0.8 }, plane), plane);
      expect(place.x).toBeCloseTo(0.25);
      expect(place.y).toBeCloseTo(0.8);
    }
  });

  it('knows what is beside it', () => {
    const plane = planeOf(fitted, wide, source);
    const beside = toSource({ x: 0, y: 250 }, plane);
    expect(isInside(beside)).toBe(false);
    expect(intoSource(beside)).toEqual({ x: 0, y: 0.5 });
  });
});

describe('zoom and pan', () => {
  it('keep what is under the pointer', () => {
    const at = { x: 700, y: 200 };
    const before = toSource(at, planeOf(fitted, wide, source));
    const view = zoomAt(fitted, 2, at, wide, source);
    const after = toSource(at, planeOf(view, wide, source));
    expect(view.zoom).toBe(2);
    expect(after.x).toBeCloseTo(before.x);
    expect(after.y).toBeCloseTo(before.y);
  });

  it('never leave an empty edge while the screen covers the frame', () => {
    const view = zoomAt(fitted, 3, { x: 600, y: 250 }, wide, source);
    const plane = planeOf(panBy(view, { x: 99_999, y: -99_999 }, wide, source), wide, source);
    expect(plane.left).toBeCloseTo(0);
    expect(plane.top + plane.height).toBeCloseTo(wide.height);
  });

  it('move the screen with the hand', () => {
    const view = zoomAt(fitted, 2, { x: 600, y: 250 }, wide, source);
    const [before, after] = [planeOf(view, wide, source), planeOf(panBy(view, { x: 30, y: 10 }, wide, source), wide, source)];
    expect(after.left - before.left).toBeCloseTo(30);
    expect(after.top - before.top).toBeCloseTo(10);
  });

  it('out to fit come back to the middle', () => {
    const view = zoomAt(fitted, 2, { x: 900, y: 100 }, wide, source);
    expect(zoomAt(view, 0.1, { x: 100, y: 400 }, wide, source)).toEqual(fitted);
  });

  it('know a hundred per cent', () => {
    const plane = planeOf({ ...fitted, zoom: actualZoom({ width: 960, height: 540 }, source, 1) }, { width: 960, height: 540 }, source);
    expect(plane.width).toBe(1920);
    expect(actualZoom({ width: 960, height: 540 }, source, 2)).toBe(1);
  });
});
