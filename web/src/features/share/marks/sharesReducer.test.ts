import { describe, expect, it } from 'vitest';
import type { Share, Stroke } from '@/shared/api/events';
import { FADE_MS, MARKS_MS } from './fading';
import { lastOf, noShares, POINTER_MS, sharesReducer, type SharesAction, type SharesState } from './sharesReducer';

const share: Share = { id: 's', userId: 'mei', drawers: 'everyone', controllerId: null };
const pen = (id: string, author: string, points: number[], more = false): Stroke => ({ id, author, tool: 'pen', points, color: '#112233', width: 0.004, more });
const run = (actions: readonly SharesAction[], from: SharesState = noShares) => actions.reduce(sharesReducer, from);
const started = run([{ type: 'shares', shares: [share] }]);
const added = (stroke: Stroke, now = 0): SharesAction => ({ type: 'added', shareId: 's', stroke, me: 'me', now });
const strokes = (state: SharesState) => state.shares.s?.strokes ?? [];

describe('strokes of a share', () => {
  it('grow point by point, and a shape is replaced as a whole', () => {
    const box = (points: number[], more: boolean): Stroke => ({ id: 'b', author: 'jon', tool: 'box', points, more });
    const state = run([added(pen('1', 'jon', [0, 0], true)), added(pen('1', 'jon', [0.1, 0.1])), added(box([0, 0, 0.1, 0.1], true)), added(box([0, 0, 0.5, 0.5], false))], started);
    expect(strokes(state).map(({ points }) => points)).toEqual([[0, 0, 0.1, 0.1], [0, 0, 0.5, 0.5]]);
    expect(strokes(state).map(({ more }) => more)).toEqual([false, false]);
  });

  it('with the same id by two people are two', () => {
    expect(strokes(run([added(pen('1', 'jon', [0, 0])), added(pen('1', 'mei', [1, 1]))], started))).toHaveLength(2);
  });

  it('of my own show at once and are not drawn twice when they come back', () => {
    const mine = pen('1', 'me', [0, 0], true);
    const state = run([{ type: 'drawn', shareId: 's', stroke: mine, now: 0 }, added(mine), { type: 'drawn', shareId: 's', stroke: pen('1', 'me', [1, 1]), now: 0 }, added(pen('1', 'me', [1, 1]))], started);
    expect(strokes(state)).toEqual([pen('1', 'me', [0, 0, 1, 1])]);
  });

  it('of my other device are news', () => {
    expect(strokes(run([added(pen('far', 'me', [0, 0]))], started))).toHaveLength(1);
  });

  it('that were there before are there for whoever comes late, and again after a broken line', () => {
    const late = run([{ type: 'state', shares: [{ ...share, strokes: [pen('1', 'jon', [0, 0])] }] }]);
    expect(strokes(late)).toHaveLength(1);
    const back = run([{ type: 'state', shares: [{ ...share, strokes: [pen('2', 'jon', [0, 0])] }] }], late);
    expect(strokes(back).map(({ id }) => id)).toEqual(['2']);
  });

  it('stay when the rules of the share change, and go with the share', () => {
    const drawn = run([added(pen('1', 'jon', [0, 0]))], started);
    const ruled = run([{ type: 'shares', shares: [{ ...share, drawers: 'hosts' }] }], drawn);
    expect(strokes(ruled)).toHaveLength(1);
    expect(ruled.shares.s?.drawers).toBe('hosts');
    expect(run([{ type: 'shares', shares: [] }], drawn).shares).toEqual({});
  });

  it('go one by one, by author, or all', () => {
    const drawn = run([added(pen('1', 'jon', [0, 0])), added(pen('2', 'mei', [0, 0])), added(pen('3', 'jon', [0, 0]))], started);
    const ids = (action: SharesAction) => strokes(run([action], drawn)).map(({ id }) => id);
    expect(ids({ type: 'removed', shareId: 's', strokes: [{ author: 'jon', id: '3' }] })).toEqual(['1', '2']);
    expect(ids({ type: 'removed', shareId: 's', strokes: [{ author: 'mei', id: '3' }] })).toEqual(['1', '2', '3']);
    expect(ids({ type: 'cleared', shareId: 's', author: 'jon', now: 0 })).toEqual(['2']);
    expect(ids({ type: 'cleared', shareId: 's', author: null, now: 0 })).toEqual([]);
  });

  it('fade when nobody kept them, and are gone at once when a hand wiped them', () => {
    const drawn = run([added(pen('1', 'jon', [0, 0]), 1000), added(pen('2', 'mei', [0, 0]), 5000)], started);
    const at = (now: number, author: string | null = 'jon') => run([{ type: 'cleared', shareId: 's', author, now }], drawn);
    const fading = (state: SharesState) => state.shares.s?.fading.map(({ stroke }) => stroke.id);
    const aged = at(1000 + MARKS_MS - FADE_MS);
    expect([strokes(aged).map(({ id }) => id), fading(aged)]).toEqual([['2'], ['1']]);
    expect(fading(run([{ type: 'quiet', now: MARKS_MS }], aged))).toEqual(['1']);
    expect(fading(run([{ type: 'quiet', now: 1000 + MARKS_MS }], aged))).toEqual([]);
    expect(fading(at(4000))).toEqual([]);
    expect(fading(at(1000 + MARKS_MS, null))).toEqual([]);
  });

  it('that were there before I came fade, too', () => {
    const late = run([{ type: 'state', shares: [{ ...share, strokes: [pen('1', 'jon', [0, 0])] }] }]);
    expect(run([{ type: 'cleared', shareId: 's', author: 'jon', now: 5 }], late).shares.s?.fading).toHaveLength(1);
  });

  it('of another share, or of none, change nothing', () => {
    expect(sharesReducer(started, { ...added(pen('1', 'jon', [0, 0])), shareId: 'x' } as SharesAction)).toBe(started);
  });
});

describe('undo', () => {
  it('takes the newest of its author, whoever drew after it', () => {
    const list = [pen('1', 'jon', [0, 0]), pen('2', 'mei', [0, 0]), pen('3', 'jon', [0, 0]), pen('4', 'mei', [0, 0])];
    expect(lastOf(list, 'jon')?.id).toBe('3');
    expect(lastOf(list, 'mei')?.id).toBe('4');
    expect(lastOf(list, 'ada')).toBeUndefined();
  });
});

describe('pointers', () => {
  const laser = (more: boolean): Stroke => ({ id: 'l', author: 'jon', tool: 'laser', points: [0.2, 0.3, 0.4, 0.5], color: '#0f8e5c', more });

  it('of a laser show where it is, and leave no stroke', () => {
    const state = run([added(laser(true), 5)], started);
    expect(state.shares.s?.pointers).toEqual([{ author: 'jon', x: 0.4, y: 0.5, laser: true, color: '#0f8e5c', at: 5 }]);
    expect(strokes(state)).toEqual([]);
    expect(run([added(laser(false))], state).shares.s?.pointers).toEqual([]);
  });

  it('follow a pen while it draws, but not my own', () => {
    expect(run([added(pen('1', 'jon', [0, 0, 0.7, 0.1], true))], started).shares.s?.pointers[0]).toMatchObject({ x: 0.7, laser: false });
    expect(run([added(pen('1', 'me', [0, 0], true))], started).shares.s?.pointers).toEqual([]);
  });

  it('that fell silent go away, others stay', () => {
    const state = run([added(laser(true), 0), added(pen('1', 'mei', [0, 0], true), POINTER_MS)], started);
    const later = run([{ type: 'quiet', now: POINTER_MS }], state);
    expect(later.shares.s?.pointers.map(({ author }) => author)).toEqual(['mei']);
    expect(run([{ type: 'quiet', now: POINTER_MS }], later)).toBe(later);
  });
});

describe('control', () => {
  it('is asked for, answered, given and taken back', () => {
    const asked = run([{ type: 'requested', shareId: 's', by: { userId: 'jon', name: 'Jonas' } }, { type: 'requested', shareId: 's', by: { userId: 'jon', name: 'Jonas' } }], started);
    expect(asked.shares.s?.requests).toEqual([{ userId: 'jon', name: 'Jonas' }]);
    const given = run([{ type: 'answeredRequest', shareId: 's', userId: 'jon' }, { type: 'control', shareId: 's', controllerId: 'jon' }], asked);
    expect(given.shares.s).toMatchObject({ requests: [], controllerId: 'jon' });
    expect(run([{ type: 'control', shareId: 's', controllerId: null }], given).shares.s?.controllerId).toBeNull();
  });

  it('remembers how far my own asking is', () => {
    expect(run([{ type: 'asking', shareId: 's', asking: 'refused' }], started).shares.s?.asking).toBe('refused');
  });
});
