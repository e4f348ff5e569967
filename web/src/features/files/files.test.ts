import { describe, expect, it } from 'vitest';
import type { File } from '@/shared/api/types';
import { fileListReducer, firstSorting, noFiles, sortFiles } from './fileListReducer';
import { galleryOf } from './gallery';
import { groupOf, previewKindOf } from './kinds';
import { differenceText } from './panel/difference';
import { textOf } from './preview/useContent';
import { fitScale, stepped } from './preview/zoom';
import { previewReducer, type Shown } from './previewStore';
import { stepOf } from './tableKeys';
import { failureOf } from './upload';
import { uploadsReducer, type Upload } from './uploadsReducer';
import { failureWords } from './uploadWords';
import { everything, fitsFilter } from './useFilter';

const makeFile = (id: string, change: Partial<File> = {}): File =>
  ({ id, name: id, size: 1, mime: 'text/plain', roomId: 'r', ownerId: 'ada', version: 1, createdAt: '2026-11-01', updatedAt: '2026-11-01', ...change }) as File;

const makeUpload = (change: Partial<Upload> = {}): Upload => ({
  id: 'u',
  roomId: 'r',
  name: 'a.exe',
  size: 1000,
  mime: '',
  sent: 0,
  state: 'sending',
  ...change,
});

describe('how a file is shown', () => {
  it.each([
    [{ name: 'a.html', mime: 'text/html' }, 'text'],
    [{ name: 'a.svg', mime: 'image/svg+xml' }, 'text'],
    [{ name: 'a.xhtml', mime: 'application/xhtml+xml' }, 'none'],
    [{ name: 'a.png', mime: 'image/png' }, 'picture'],
    [{ name: 'a.pdf', mime: 'application/pdf' }, 'pdf'],
    [{ name: 'a.csv', mime: 'text/csv' }, 'text'],
    [{ name: 'a.xlsx', mime: 'application/zip' }, 'none'],
    [{ name: 'a.bin', mime: 'application/octet-stream' }, 'none'],
  ] as const)('%o as %s', (file, kind) => {
    expect(previewKindOf(file)).toBe(kind);
  });

  it('groups by what people look for', () => {
    expect(groupOf({ name: 'a.docx', mime: 'application/zip' })).toBe('documents');
    expect(groupOf({ name: 'a.mp3', mime: 'audio/mpeg' })).toBe('recordings');
    expect(groupOf({ name: 'a.bin' })).toBe('others');
  });

  it('takes bytes that are no text for none, and cuts no letter in two', () => {
    expect(textOf(new Uint8Array([65, 0, 66]), false)).toEqual({ is: 'none' });
    expect(textOf(new TextEncoder().encode('abcd'), false)).toEqual({ is: 'text', text: 'abcd', cut: false });
    expect(textOf(new TextEncoder().encode('abcdefß').subarray(0, 7), true)).toEqual({ is: 'text', text: 'abc', cut: true });
  });

  it('shows five pictures and counts the rest', () => {
    expect(galleryOf([...Array(12).keys()])).toEqual({ shown: [0, 1, 2, 3, 4], more: 7 });
    expect(galleryOf([1])).toEqual({ shown: [1], more: 0 });
  });

  it('fits a picture without making it larger than it is, and stops at its own size on the way', () => {
    expect(fitScale({ width: 2000, height: 500 }, { width: 1000, height: 1000 })).toBe(0.5);
    expect(fitScale({ width: 10, height: 10 }, { width: 1000, height: 1000 })).toBe(1);
    expect(stepped(0.9, 1)).toBe(1);
    expect(stepped(1, 1)).toBe(1.25);
    expect(stepped(8, 1)).toBe(8);
  });

  it('walks from file to file and stays at the ends', () => {
    const shown: Shown = { files: [makeFile('a'), makeFile('b')], at: 0, version: 2 };
    expect(previewReducer(shown, { type: 'step', by: -1 })).toBe(shown);
    const next = previewReducer(shown, { type: 'step', by: 1 });
    expect(next).toMatchObject({ at: 1, version: undefined });
    expect(previewReducer(next, { type: 'step', by: 1 })).toBe(next);
    expect(previewReducer(next, { type: 'close' })).toBeNull();
  });

  it('says how much larger or smaller a version is', () => {
    expect(differenceText(40_000, 'en')).toBe('+40\u202fKB');
    expect(differenceText(-120_000, 'en')).toBe('−120\u202fKB');
  });
});

describe('the list', () => {
  const files = [makeFile('b', { size: 5, updatedAt: '2026-11-03' }), makeFile('a10', { size: 9 }), makeFile('a2', { size: 7, ownerId: 'bo' })];
  const names = (key: Parameters<typeof firstSorting>[0]) => sortFiles(files, firstSorting(key), (id) => id ?? '').map(({ id }) => id);

  it('sorts names as people count, the newest and the largest first', () => {
    expect(names('name')).toEqual(['a2', 'a10', 'b']);
    expect(names('changed')[0]).toBe('b');
    expect(names('size')).toEqual(['a10', 'a2', 'b']);
    expect(names('by').at(-1)).toBe('a2');
  });

  it('holds each file once, with what was said of it last', () => {
    const one = fileListReducer(noFiles, { type: 'page', source: 'mine', files: [makeFile('a')], cursor: 'c' });
    const two = fileListReducer(one, { type: 'page', source: 'r', files: [makeFile('a', { name: 'new' }), makeFile('b')], cursor: null });
    expect(two.files.map(({ name }) => name)).toEqual(['new', 'b']);
    expect(two.cursors).toEqual({ mine: 'c', r: null });
    expect(fileListReducer(two, { type: 'gone', fileId: 'a' }).files.map(({ id }) => id)).toEqual(['b']);
  });

  it.each([
    ['ArrowDown', 1],
    ['ArrowUp', 0],
    ['End', 2],
    ['b', 1],
    ['c', 2],
    ['x', null],
    [' ', null],
  ])('%s leads to %s', (key, to) => {
    const rows = [makeFile('a'), makeFile('b'), makeFile('c')];
    expect(stepOf({ key, ctrlKey: false, metaKey: false, altKey: false }, rows, 'a')).toBe(to);
  });

  it('filters by kind, name, person and room at once', () => {
    const file = makeFile('Report.pdf', { mime: 'application/pdf' });
    expect(fitsFilter(file, everything)).toBe(true);
    expect(fitsFilter(file, { ...everything, text: ' repo ', group: 'documents', ownerId: 'ada', roomId: 'r' })).toBe(true);
    expect(fitsFilter(file, { ...everything, group: 'pictures' })).toBe(false);
    expect(fitsFilter(file, { ...everything, ownerId: 'bo' })).toBe(false);
  });
});

describe('an upload', () => {
  const run = (upload: Upload, beats: readonly (readonly [sent: number, at: number])[]) =>
    beats.reduce<readonly Upload[]>((state, [sent, at]) => uploadsReducer(state, { type: 'progress', id: 'u', sent, at }), [upload])[0];

  it('tells its speed once there is something to tell it from', () => {
    expect(run(makeUpload(), [[0, 0]])?.speed).toBeUndefined();
    expect(run(makeUpload(), [[0, 0], [500, 1000]])?.speed).toBe(500);
  });

  it('begins to count anew when it stood still, and when the server had less than was sent', () => {
    const still = makeUpload({ state: 'waiting', sent: 100, beat: { at: 0, sent: 100 }, speed: 9, diskFull: true });
    expect(run(still, [[200, 60_000]])).toMatchObject({ state: 'sending', speed: undefined, diskFull: undefined });
    expect(run(makeUpload({ beat: { at: 0, sent: 900 }, speed: 9 }), [[300, 1000]])?.speed).toBeUndefined();
  });

  it('stays paused when a last piece is told of', () => {
    expect(run(makeUpload({ state: 'paused' }), [[500, 10]])).toMatchObject({ state: 'paused', sent: 0 });
  });

  it('reads why it was refused from the answer', () => {
    expect(failureOf('{"code":"quota-exceeded","detail":"no","field":"size"}', 'x')).toEqual({ code: 'quota-exceeded', detail: 'no', field: 'size' });
    expect(failureOf('<html>', 'x')).toEqual({ code: 'unknown', detail: 'x' });
    expect(failureOf(undefined, 'x')).toEqual({ code: 'unknown', detail: 'x' });
  });

  it.each([
    [{ code: 'unsupported-media-type', detail: '' }, 'files.kindRefused'],
    [{ code: 'failed-precondition', detail: '', field: 'file' }, 'files.virus'],
    [{ code: 'failed-precondition', detail: 'versions', field: 'version' }, 'files.refused'],
    [{ code: 'payload-too-large', detail: '' }, 'files.tooLarge'],
    [{ code: 'quota-exceeded', detail: "the room's files would take more" }, 'files.roomFull'],
    [{ code: 'quota-exceeded', detail: 'your files would take more' }, 'files.mineFull'],
    [{ code: 'gone', detail: '' }, 'files.uploadGone'],
    [{ code: 'whatever', detail: 'words of the server' }, 'files.refused'],
  ])('says %o as %s', (failure, key) => {
    expect(failureWords(makeUpload(), failure, { fileSize: 5 }, 'en').key).toBe(key);
  });
});
