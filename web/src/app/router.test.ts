import { describe, expect, it } from 'vitest';
import { filePath, messagePath, panelPath, parsePath, roomPath, threadPath } from './router';

describe('parsePath', () => {
  it.each([
    ['/', { place: 'home' }],
    ['/r/harbour', { place: 'room', room: 'harbour' }],
    ['/r/harbour/', { place: 'room', room: 'harbour' }],
    ['/r/harbour/call', { place: 'room', room: 'harbour', call: true }],
    ['/r/harbour/m/7', { place: 'room', room: 'harbour', message: '7' }],
    ['/r/harbour/t/7', { place: 'room', room: 'harbour', thread: '7' }],
    ['/r/harbour/m/', { place: 'room', room: 'harbour' }],
    ['/r/ferry%203%2Fnorth', { place: 'room', room: 'ferry 3/north' }],
    ['/r/', { place: 'home' }],
    ['/r/%20', { place: 'home' }],
    ['/r/%E0%A4%A', { place: 'home' }],
    ['/elsewhere', { place: 'home' }],
    ['/calls', { place: 'calls' }],
    ['/signin', { place: 'signin' }],
    ['/guest/abc', { place: 'guest', token: 'abc' }],
    ['/j/abc', { place: 'invitation', token: 'abc' }],
    ['/j/', { place: 'home' }],
    ['/settings', { place: 'settings', page: 'profile' }],
    ['/admin/log', { place: 'admin', page: 'log' }],
    ['/quick', { place: 'quick', room: '' }],
    ['/quick/tea%20time', { place: 'quick', room: 'tea time' }],
  ])('%s', (path, expected) => {
    expect(parsePath(path)).toEqual(expected);
  });

  it.each([
    ['/r/a', '?panel=pins', { place: 'room', room: 'a', panel: 'pins' }],
    ['/r/a', '?panel=else', { place: 'room', room: 'a' }],
    ['/r/a/f/9', '?v=3', { place: 'room', room: 'a', file: '9', version: 3 }],
    ['/r/a/f/9', '?v=x', { place: 'room', room: 'a', file: '9' }],
    ['/search', '?q=low+tide', { place: 'search', query: 'low tide' }],
  ])('%s%s', (path, query, expected) => {
    expect(parsePath(path, query)).toEqual(expected);
  });

  it.each(['a b', 'ä/ö', '100%', 'صالة'])('finds %j back', (room) => {
    expect(parsePath(roomPath(room))).toEqual({ place: 'room', room });
    expect(parsePath(messagePath(room, 'm'))).toEqual({ place: 'room', room, message: 'm' });
    expect(parsePath(threadPath(room, 't'))).toEqual({ place: 'room', room, thread: 't' });
    expect(parsePath(filePath(room, 'f'))).toEqual({ place: 'room', room, file: 'f' });
    const [path = '', query = ''] = panelPath(room, 'people').split('?');
    expect(parsePath(path, query)).toEqual({ place: 'room', room, panel: 'people' });
  });
});
