import { describe, expect, it } from 'vitest';
import { makeMessage, makeRoom } from '@/testing/things';
import { inboxReducer, emptyInbox } from '@/features/inbox/inboxReducer';
import type { InboxItem } from '@/shared/api/types';
import { amberOf, attentionOf, missedOf, threadsOf } from './attention';
import { noRooms, roomsInOrder, roomsOf, roomsReducer, type RoomsAction } from './roomsReducer';
import { stepTo } from './sideKeys';
import { windowOf } from './useRowWindow';

const reduce = (...actions: RoomsAction[]) => actions.reduce(roomsReducer, noRooms);
const ids = (rooms: readonly { readonly id: string }[]) => rooms.map(({ id }) => id);

const rooms = [
  makeRoom('general'),
  makeRoom('ferry', { starred: true }),
  makeRoom('mei', { type: 'direct', name: '' }),
  makeRoom('old', { archived: true }),
];

describe('sections', () => {
  it('a starred room has one place, the first', () => {
    const state = reduce({ type: 'loaded', rooms });
    expect(ids(roomsOf(state, 'starred'))).toEqual(['ferry']);
    expect(ids(roomsOf(state, 'rooms'))).toEqual(['general']);
    expect(ids(roomsInOrder(state))).toEqual(['ferry', 'general', 'mei']);
  });

  it('moves with what one wants of a room', () => {
    const state = reduce({ type: 'loaded', rooms }, { type: 'preferences', roomId: 'general', preferences: { starred: true } });
    expect(ids(roomsOf(state, 'starred'))).toEqual(['ferry', 'general']);
    expect(state.byId.general?.notify).toBe('everything');
  });
});

describe('what needs me', () => {
  const loud = makeRoom('loud', { unread: 5, mentions: 2 });
  const direct = makeRoom('direct', { type: 'direct', unread: 3 });
  it('is mentions, and all of a conversation of two', () => {
    expect(attentionOf(reduce({ type: 'loaded', rooms: [loud, direct] }))).toBe(5);
  });

  it.each([{ muted: true }, { notify: 'nothing' as const }])('is nothing with %j', (preferences) => {
    const state = reduce({ type: 'loaded', rooms: [loud] }, { type: 'preferences', roomId: 'loud', preferences });
    expect(amberOf(state, 'loud')).toBe(0);
  });
});

describe('unread from here', () => {
  it('counts from there, and stays over a load of the rooms', () => {
    const kept = { seq: 4, messages: 3, mentions: 1 };
    const state = reduce({ type: 'loaded', rooms: [makeRoom('r', { lastReadSeq: 9 })] }, { type: 'unreadFrom', roomId: 'r', ...kept });
    expect(state.unread.r).toEqual({ messages: 3, mentions: 1, lastReadSeq: 3 });
    const again = roomsReducer(state, { type: 'loaded', rooms: [makeRoom('r', { lastReadSeq: 9, unread: 1 })], kept: { r: kept } });
    expect(again.unread.r).toEqual({ messages: 4, mentions: 1, lastReadSeq: 3 });
    expect(roomsReducer(again, { type: 'read', roomId: 'r', seq: 10 }).unread.r?.messages).toBe(0);
  });
});

it('read markers of others only move on', () => {
  const state = reduce({ type: 'reads', roomId: 'r', markers: [{ userId: 'bo', seq: 7 }] });
  expect(roomsReducer(state, { type: 'reads', roomId: 'r', markers: [{ userId: 'bo', seq: 3 }] })).toBe(state);
  expect(state.reads.r).toEqual({ bo: 7 });
});

describe('the inbox', () => {
  const item = (kind: InboxItem['kind'], change: Partial<InboxItem> = {}): InboxItem => ({
    kind,
    roomId: 'general',
    at: '2026-11-22T09:00:00.000Z',
    read: false,
    message: makeMessage(3, { threadId: 'm1' }),
    call: null,
    ...change,
  });
  const state = reduce({ type: 'loaded', rooms });
  const inbox = inboxReducer(emptyInbox, {
    type: 'loaded',
    items: [item('thread'), item('mention'), item('thread', { read: true }), item('thread', { roomId: 'left' })],
  });

  it('counts answers of followed threads in rooms that are there', () => {
    expect(threadsOf(inbox, state)).toBe(1);
    expect(threadsOf(inbox, state, 'ferry')).toBe(0);
  });

  it('counts missed calls by room until they were looked at, here or anywhere', () => {
    const calls = inboxReducer(emptyInbox, { type: 'loaded', items: [item('missed-call'), item('missed-call', { roomId: 'ferry', at: '2026-11-21T09:00:00.000Z' }), item('mention')] });
    expect(missedOf(calls, '')).toBe(2);
    expect(missedOf(calls, '', 'ferry')).toBe(1);
    expect(missedOf(calls, '2026-11-21T09:00:00.000Z')).toBe(1);
    expect(missedOf(inboxReducer(calls, { type: 'read' }), '')).toBe(0);
  });

  it('knows a thread that was looked at, and all of it', () => {
    expect(threadsOf(inboxReducer(inbox, { type: 'threadRead', threadId: 'm1' }), state)).toBe(0);
    expect(inboxReducer(inbox, { type: 'threadRead', threadId: 'other' })).toBe(inbox);
    expect(inboxReducer(inbox, { type: 'read' }).items.every(({ read }) => read)).toBe(true);
  });
});

describe('keys of the side bar', () => {
  const rows = ['Bow', 'Aft', 'Anchor', 'Deck'].map((title, id) => ({ id: String(id), title }));
  it.each([
    [0, 'ArrowDown', 1],
    [3, 'ArrowDown', 3],
    [0, 'ArrowUp', 0],
    [1, 'End', 3],
    [2, 'Home', 0],
    [0, 'a', 1],
    [1, 'A', 2],
    [2, 'a', 1],
    [0, 'x', undefined],
    [0, ' ', undefined],
    [0, 'Enter', undefined],
  ])('from %i by %s to %s', (at, key, to) => {
    expect(stepTo(rows, at, key)).toBe(to);
  });
});

describe('windowOf', () => {
  it('draws what is on screen and a little around', () => {
    expect(windowOf(500, 32, -3200, 640)).toEqual({ first: 88, end: 132, row: 32 });
  });

  it('draws nothing beyond the list', () => {
    expect(windowOf(500, 32, 100, 640)).toEqual({ first: 0, end: 29, row: 32 });
    expect(windowOf(70, 32, -9000, 640)).toEqual({ first: 70, end: 70, row: 32 });
  });
});
