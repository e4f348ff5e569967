import { expect, it } from 'vitest';
import { ruleFor } from './rules';

const here = 'https://chat.example.org';
const asked = (path: string, change: object = {}) => ({ method: 'GET', mode: 'cors', url: new URL(path, here).href, ...change });

it.each([
  ['/r/01a2', { mode: 'navigate' }, 'page'],
  ['/', { mode: 'navigate' }, 'page'],
  ['/assets/index-CyiOrzdG.js', {}, 'asset'],
  ['/api/v1/me', {}, 'pass'],
  ['/api/v1/files/1/content?signature=x', { mode: 'navigate' }, 'pass'],
  ['/socket.io/?transport=polling', {}, 'pass'],
  ['/assets/index-CyiOrzdG.js', { method: 'POST' }, 'pass'],
  ['https://elsewhere.example.org/assets/index-CyiOrzdG.js', {}, 'pass'],
  ['/favicon.svg', {}, 'pass'],
])('%s %o: %s', (path, change, rule) => {
  expect(ruleFor(asked(path, change), here)).toBe(rule);
});
