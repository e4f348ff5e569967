import { expect, it } from 'vitest';
import { sourceSize } from './sourceSize';

it('a smaller picture of the same screen changes nothing, another shape does', () => {
  const full = { width: 1920, height: 1080 };
  expect(sourceSize(null, full)).toBe(full);
  expect(sourceSize(full, { width: 640, height: 360 })).toBe(full);
  expect(sourceSize({ width: 640, height: 360 }, full)).toBe(full);
  const tall = { width: 800, height: 1000 };
  expect(sourceSize(full, tall)).toBe(tall);
});
