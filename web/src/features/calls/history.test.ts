import { describe, expect, it } from 'vitest';
import { makeCall } from '@/testing/things';
import { fateOf } from './fate';
import { filtered, outcomeOf } from './history';

const mine = (status: 'joined' | 'missed' | 'declined' | 'ringing') => ({
  participants: [{ userId: 'me', name: 'Me', status, joinedAt: null, leftAt: null }],
});

describe('the history', () => {
  const missed = makeCall('missed', { status: 'missed', ...mine('missed') });
  const calls = [makeCall('now'), missed, makeCall('long', { status: 'ended', duration: 65 }), makeCall('mine', { status: 'missed', initiatorId: 'me' })];

  it('says how each call ended for me', () => {
    expect(calls.map((call) => outcomeOf(call, 'me'))).toEqual(['now', 'missed', 'length', 'unanswered']);
    expect(outcomeOf(makeCall('no', { status: 'declined' }), 'me')).toBe('declined');
  });

  it('believes the server about what was missed', () => {
    expect(outcomeOf(makeCall('x', { status: 'ended', missed: true }), 'me')).toBe('missed');
  });

  it('shows missed calls alone when asked to', () => {
    expect(filtered(calls, 'missed', 'me')).toEqual([missed]);
    expect(filtered(calls, 'all', 'me')).toBe(calls);
  });
});

describe('what became of a ring', () => {
  it.each([
    ['elsewhere', makeCall('c', mine('joined'))],
    ['missed', makeCall('c', mine('missed'))],
    ['missed', makeCall('c', { status: 'cancelled', ...mine('ringing') })],
    [null, makeCall('c', { status: 'ringing', ...mine('ringing') })],
    [null, makeCall('c', { status: 'declined', ...mine('declined') })],
  ] as const)('is %s', (fate, call) => {
    expect(fateOf(call, 'me')).toBe(fate);
  });
});
