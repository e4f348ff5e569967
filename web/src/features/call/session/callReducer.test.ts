import { describe, expect, it, vi } from 'vitest';
import { callReducer, createCallStore, initialCall } from './callReducer';
import { makePerson, makePicture } from './people.testkit';
import type { CallState, Person } from './types';

const me = makePerson('me', { me: true });
const after = (...steps: (readonly Person[])[]): CallState =>
  steps.reduce((state, people) => callReducer(state, { type: 'people', people }), initialCall('harbour', 0));

describe('people', () => {
  const ada = makePerson('ada', { name: 'Ada' });

  it.each([
    ['says nothing about those who were here first', [[me, ada]], null],
    ['tells who joined', [[me], [me, ada]], { key: 'status.joined', parameters: { name: 'Ada' } }],
    ['tells who left', [[me, ada], [me]], { key: 'status.left', parameters: { name: 'Ada' } }],
    [
      'tells who shares',
      [[me, ada], [me, { ...ada, screen: makePicture('s') }]],
      { key: 'status.shares', parameters: { name: 'Ada' } },
    ],
    [
      'tells who stopped sharing',
      [[me, { ...ada, screen: makePicture('s') }], [me, ada]],
      { key: 'status.shareEnded', parameters: { name: 'Ada' } },
    ],
    ['keeps quiet about my own share', [[me, ada], [{ ...me, screen: makePicture('s') }, ada]], null],
  ])('%s', (_, steps, expected) => {
    expect(after(...steps).status).toEqual(expected);
  });

  it('keeps the object of whoever did not change, and the state when nobody did', () => {
    const before = after([me, ada]);
    const louder = callReducer(before, { type: 'people', people: [{ ...me }, { ...ada, speaking: true }] });
    expect(louder.people[0]).toBe(before.people[0]);
    expect(louder.people[1]).not.toBe(before.people[1]);
    expect(callReducer(before, { type: 'people', people: [{ ...me }, { ...ada }] })).toBe(before);
  });

  it('announces nobody while the line is broken', () => {
    const away = callReducer(after([me]), { type: 'reconnecting', now: 5 });
    expect(callReducer(away, { type: 'people', people: [me, ada] }).status).toBeNull();
  });
});

describe('a broken line', () => {
  const away = callReducer(after([me]), { type: 'reconnecting', now: 1000 });

  it('keeps its first moment when it breaks again', () => {
    expect(away).toMatchObject({ phase: 'reconnecting', awaySince: 1000 });
    expect(callReducer(away, { type: 'reconnecting', now: 4000 })).toBe(away);
  });

  it.each([
    [7000, 6],
    [1001, 1],
  ])('that is back at %i ms missed %i s', (now, n) => {
    const back = callReducer(away, { type: 'reconnected', now });
    expect(back).toMatchObject({ phase: 'connected', awaySince: null });
    expect(back.notices).toEqual([
      { id: 'back', tone: 'warn', text: { key: 'notice.back', parameters: { n } }, brief: true },
    ]);
  });

  it('that never broke brings no notice', () => {
    const state = after([me]);
    expect(callReducer(state, { type: 'reconnected', now: 1 })).toBe(state);
  });
});

describe('notices', () => {
  const notice = (id: string) => ({ id, tone: 'error', text: { key: 'device.cameraBlocked' } }) as const;
  const two = ['camera', 'microphone'].reduce(
    (state, id) => callReducer(state, { type: 'notice', notice: notice(id) }),
    after([me]),
  );
  const ids = (state: CallState) => state.notices.map(({ id }) => id);

  it('of the same kind replace each other', () => {
    expect(ids(callReducer(two, { type: 'notice', notice: notice('camera') }))).toEqual(['microphone', 'camera']);
  });

  it('go by name, or the newest first', () => {
    expect(ids(callReducer(two, { type: 'dismiss', id: 'camera' }))).toEqual(['microphone']);
    expect(ids(callReducer(two, { type: 'dismiss' }))).toEqual(['camera']);
    expect(callReducer(two, { type: 'dismiss', id: 'other' })).toBe(two);
  });
});

describe('the end', () => {
  it('keeps its first cause', () => {
    const ended = callReducer(after([me]), { type: 'ended', cause: 'removed' });
    expect(ended).toMatchObject({ phase: 'ended', cause: 'removed' });
    expect(callReducer(ended, { type: 'ended', cause: 'lineLost' })).toBe(ended);
  });
});

describe('createCallStore', () => {
  it('calls listeners only when something changed, and no more once they left', () => {
    const store = createCallStore(initialCall('harbour', 0));
    const listener = vi.fn();
    const stop = store.subscribe(listener);
    store.dispatch({ type: 'dismiss' });
    expect(listener).not.toHaveBeenCalled();
    store.dispatch({ type: 'people', people: [me] });
    expect(listener).toHaveBeenCalledTimes(1);
    stop();
    store.dispatch({ type: 'ended', cause: 'left' });
    expect(listener).toHaveBeenCalledTimes(1);
    expect(store.getState().cause).toBe('left');
  });
});
