import { describe, expect, it } from 'vitest';
import { makeCall, makeMember, makeRoom } from '@/testing/things';
import { callsReducer, noCalls } from './calls/callsReducer';
import { activeReducer, noCall } from './calls/activeReducer';
import { nobody, presenceReducer } from './presence/presenceReducer';
import { attentionOf } from './rooms/attention';
import { noRooms, roomsReducer, sortedRooms } from './rooms/roomsReducer';
import { restoring, sessionReducer } from './session/sessionReducer';
import { makeUser } from '@/testing/things';

describe('rooms', () => {
  const loaded = roomsReducer(noRooms, {
    type: 'loaded',
    rooms: [
      makeRoom('b', { name: 'Room 10', unread: 3, mentions: 1 }),
      makeRoom('a', { name: 'Room 9' }),
      makeRoom('d', { type: 'direct', unread: 2 }),
      makeRoom('p', { role: null }),
    ],
  });

  it('sorts as people do and lists only what one is in', () => {
    expect(sortedRooms(loaded, false).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(sortedRooms(loaded, true).map(({ id }) => id)).toEqual(['d']);
  });

  it('counts mentions of rooms and every direct message', () => {
    expect(attentionOf(loaded)).toBe(3);
    const read = roomsReducer(loaded, { type: 'read', roomId: 'd', seq: 9 });
    expect(attentionOf(read)).toBe(1);
    expect(read.unread.d).toEqual({ messages: 0, mentions: 0, lastReadSeq: 9 });
  });

  it('keeps my role when news of a room says nothing of it', () => {
    const { role: _, ...news } = makeRoom('a', { name: 'New' });
    const state = roomsReducer(loaded, { type: 'room', room: news as ReturnType<typeof makeRoom> });
    expect(state.byId.a).toMatchObject({ name: 'New', role: 'member' });
  });

  it('takes members in and out of lists that it has', () => {
    const state = roomsReducer(loaded, { type: 'members', roomId: 'a', members: [makeMember('x')] });
    const more = roomsReducer(state, { type: 'member', roomId: 'a', member: makeMember('y') });
    expect(more.members.a).toHaveLength(2);
    expect(roomsReducer(more, { type: 'memberGone', roomId: 'a', userId: 'x' }).members.a).toHaveLength(1);
    expect(roomsReducer(loaded, { type: 'member', roomId: 'a', member: makeMember('y') })).toBe(loaded);
  });
});

describe('calls', () => {
  const ringing = makeCall('c', {
    status: 'ringing',
    participants: [{ userId: 'me', name: 'Me', status: 'ringing', joinedAt: null, leftAt: null }],
  });
  const rings = callsReducer(noCalls, {
    type: 'rings',
    ringing: { call: ringing, fromId: 'ada', fromName: 'Ada', since: 0, silent: false },
  });
  const mine = (status: 'joined' | 'missed' | 'declined') =>
    ({ participants: [{ userId: 'me', name: 'Me', status, joinedAt: null, leftAt: null }] });

  it('stop ringing when answered on another device', () => {
    const state = callsReducer(rings, { type: 'call', call: makeCall('c', mine('joined')), me: 'me' });
    expect(state.ringing).toEqual([]);
    expect(state.live.room?.id).toBe('c');
  });

  it('are over when they end unanswered', () => {
    const state = callsReducer(rings, { type: 'call', call: makeCall('c', { status: 'missed', ...mine('missed') }), me: 'me' });
    expect(state).toMatchObject({ ringing: [], live: {} });
  });

  it('that ended before do not end the one that goes on', () => {
    const live = callsReducer(noCalls, { type: 'call', call: makeCall('new'), me: 'me' });
    expect(callsReducer(live, { type: 'call', call: makeCall('old', { status: 'ended' }), me: 'me' }).live.room?.id).toBe('new');
  });

  it('leave nothing behind when one left oneself, and the reason when not', () => {
    const wish = { roomId: 'room', type: 'video', enter: 'chosen' } as const;
    const joining = activeReducer(noCall, { type: 'join', wish });
    const inside = activeReducer(joining, { type: 'joined', callId: 'c', session: {} as never });
    expect(activeReducer(inside, { type: 'ended', cause: 'left' })).toEqual(noCall);
    expect(activeReducer(inside, { type: 'ended', cause: 'removed' })).toMatchObject({ step: 'ended', cause: 'removed' });
    expect(activeReducer(joining, { type: 'failed', failure: { kind: 'cancelled' } })).toEqual(noCall);
  });

  it.each(['before', 'after'])('know that nobody answered when the news comes %s the end of media', (order) => {
    const wish = { roomId: 'room', type: 'video', enter: 'chosen' } as const;
    const joining = activeReducer(noCall, { type: 'join', wish });
    const inside = activeReducer(joining, { type: 'joined', callId: 'c', session: {} as never });
    const news = [{ type: 'outcome', callId: 'c', outcome: 'missed' }, { type: 'ended', cause: 'roomClosed' }] as const;
    const other = activeReducer(inside, { type: 'outcome', callId: 'other', outcome: 'declined' });
    let over = other;
    for (const action of order === 'before' ? news : [...news].reverse()) over = activeReducer(over, action);
    expect(over).toMatchObject({ step: 'ended', cause: 'roomClosed', outcome: 'missed' });
  });
});

describe('presence', () => {
  it('lets typing end by itself', () => {
    const typing = presenceReducer(nobody, { type: 'typing', roomId: 'r', userId: 'a', name: 'Ada', until: 100 });
    expect(presenceReducer(typing, { type: 'tick', now: 99 })).toBe(typing);
    expect(presenceReducer(typing, { type: 'tick', now: 100 }).typing.r).toEqual([]);
  });

  it('does not change for what is known', () => {
    const here = presenceReducer(nobody, { type: 'presence', list: [{ userId: 'a', status: 'online', lastSeenAt: null }] });
    expect(presenceReducer(here, { type: 'presence', list: [{ userId: 'a', status: 'online', lastSeenAt: null }] })).toBe(here);
  });
});

it('a session that the server ended says so; one that was left does not', () => {
  const inside = sessionReducer(restoring, { type: 'in', user: makeUser('a') });
  expect(sessionReducer(inside, { type: 'ended' })).toMatchObject({ phase: 'out', ended: true });
  expect(sessionReducer(inside, { type: 'out' })).toMatchObject({ phase: 'out', ended: false });
});
