import { describe, expect, it } from 'vitest';
import { parsePath, roomPath } from './router';

describe('parsePath', () => {
  it.each([
    ['/', { place: 'home' }],
    ['/r/harbour', { place: 'room', room: 'harbour' }],
    ['/r/harbour/', { place: 'room', room: 'harbour' }],
    ['/r/harbour/call', { place: 'room', room: 'harbour' }],
    ['/r/ferry%203%2Fnorth', { place: 'room', room: 'ferry 3/north' }],
    ['/r/', { place: 'home' }],
    ['/r/%20', { place: 'home' }],
    ['/r/%E0%A4%A', { place: 'home' }],
    ['/elsewhere', { place: 'home' }],
  ])('%s', (path, expected) => {
    expect(parsePath(path)).toEqual(expected);
  });

  it.each(['a b', 'ä/ö', '100%', 'صالة'])('finds %j back', (room) => {
    expect(parsePath(roomPath(room))).toEqual({ place: 'room', room });
  });
});
