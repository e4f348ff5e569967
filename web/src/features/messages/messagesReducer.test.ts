import { describe, expect, it } from 'vitest';
import { makeMessage } from '@/testing/things';
import { messagesReducer, noMessages, timelineOf, type MessagesAction, type MessagesState, type Outgoing } from './messagesReducer';

const room = { roomId: 'room' };
const run = (state: MessagesState, ...actions: MessagesAction[]) => actions.reduce(messagesReducer, state);
const ids = (state: MessagesState) => timelineOf(state, room).items.map(({ id }) => id);
const loaded = run(noMessages, {
  type: 'page',
  what: 'first',
  ...room,
  items: [makeMessage(3), makeMessage(5)],
  hasOlder: true,
});
const outgoing: Outgoing = { clientId: 'c1', roomId: 'room', content: 'hi', createdAt: '', state: 'queued' };

describe('messagesReducer', () => {
  it('keeps the order of the room whichever way messages come', () => {
    const state = run(
      loaded,
      { type: 'arrived', message: makeMessage(7) },
      { type: 'arrived', message: makeMessage(6) },
      { type: 'page', what: 'older', ...room, items: [makeMessage(1), makeMessage(2)], hasOlder: false },
    );
    expect(ids(state)).toEqual(['m1', 'm2', 'm3', 'm5', 'm6', 'm7']);
    expect(timelineOf(state, room)).toMatchObject({ hasOlder: false, lastSeq: 7 });
  });

  it('has a message that comes twice once', () => {
    const state = run(loaded, { type: 'arrived', message: makeMessage(5) }, { type: 'arrived', message: makeMessage(5) });
    expect(ids(state)).toEqual(['m3', 'm5']);
  });

  it('leaves a room alone that nobody has opened', () => {
    expect(run(noMessages, { type: 'arrived', message: makeMessage(9) })).toBe(noMessages);
  });

  it('takes what was sent out of the waiting ones when it is there', () => {
    const state = run(loaded, { type: 'post', outgoing }, { type: 'arrived', message: makeMessage(8, { clientId: 'c1' }) });
    expect(state.outbox).toEqual([]);
    expect(ids(state)).toContain('m8');
  });

  it('keeps what was said while the newest page was on its way, and nothing else of before', () => {
    const first = { type: 'page', what: 'first', ...room, items: [makeMessage(6), makeMessage(7)] } as const;
    const waiting = run(loaded, { type: 'loading', what: 'first', ...room }, { type: 'arrived', message: makeMessage(8) });
    expect(ids(run(waiting, first))).toEqual(['m6', 'm7', 'm8']);
    expect(ids(run(waiting, { ...first, items: [] }))).toEqual([]);
    const opened = run(noMessages, { type: 'loading', what: 'first', ...room }, { type: 'arrived', message: makeMessage(1) });
    expect(ids(run(opened, { ...first, items: [] }))).toEqual(['m1']);
    expect(ids(run(waiting, { ...first, hasNewer: true }))).toEqual(['m6', 'm7']);
  });

  it('does not wait for what a page of the room holds already, nor for what is restored after it', () => {
    const items = [makeMessage(8, { clientId: 'c1' })];
    const restoredFirst = run(noMessages, { type: 'post', outgoing }, { type: 'page', what: 'first', ...room, items });
    const pageFirst = run(noMessages, { type: 'page', what: 'first', ...room, items }, { type: 'post', outgoing });
    for (const state of [restoredFirst, pageFirst]) {
      expect(state.outbox).toEqual([]);
      expect(ids(state)).toEqual(['m8']);
    }
  });

  it('puts answers into their thread and not into the room', () => {
    const thread = { roomId: 'room', threadId: 'm3' };
    const state = run(
      loaded,
      { type: 'page', what: 'first', ...thread, items: [] },
      { type: 'arrived', message: makeMessage(8, { threadId: 'm3' }) },
      { type: 'thread', roomId: 'room', thread: { id: 'm3', replyCount: 1, lastReplyAt: 'now' } },
    );
    expect(ids(state)).toEqual(['m3', 'm5']);
    expect(timelineOf(state, thread).items).toHaveLength(1);
    expect(timelineOf(state, room).items[0]).toMatchObject({ replyCount: 1, lastReplyAt: 'now' });
    expect(timelineOf(state, room).lastSeq).toBe(8);
  });

  it('does not put new messages behind an old stretch of history', () => {
    const old = run(noMessages, { type: 'page', what: 'first', ...room, items: [makeMessage(3)], hasNewer: true });
    expect(ids(run(old, { type: 'arrived', message: makeMessage(90) }))).toEqual(['m3']);
  });

  it('wipes what was deleted and keeps its place', () => {
    const state = run(loaded, { type: 'deleted', roomId: 'room', messageId: 'm3', at: 'then', seq: 9 });
    expect(timelineOf(state, room).items[0]).toMatchObject({ content: '', deletedAt: 'then' });
    expect(timelineOf(state, room).lastSeq).toBe(9);
  });

  it('changes one message and leaves the others the same objects', () => {
    const before = timelineOf(loaded, room).items;
    const after = timelineOf(run(loaded, { type: 'updated', message: makeMessage(5, { content: 'new' }) }), room).items;
    expect(after[0]).toBe(before[0]);
    expect(after[1]?.content).toBe('new');
  });

  it('marks what may have missed something, until it is fresh', () => {
    const stale = run(loaded, { type: 'stale' });
    expect(timelineOf(stale, room).stale).toBe(true);
    expect(timelineOf(run(stale, { type: 'fresh', roomId: 'room' }), room).stale).toBe(false);
  });

  it('says why a message did not go', () => {
    const state = run(loaded, { type: 'post', outgoing }, { type: 'posting', clientId: 'c1', state: 'failed', error: 'no' });
    expect(state.outbox[0]).toMatchObject({ state: 'failed', error: 'no' });
    expect(run(state, { type: 'unpost', clientId: 'c1' }).outbox).toEqual([]);
  });
});
