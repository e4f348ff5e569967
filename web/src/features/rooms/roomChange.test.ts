import { describe, expect, it } from 'vitest';
import { makeRoom } from '@/testing/things';
import { changeOf, draftOf, losesMessages, retentionChoices } from './roomChange';

const before = draftOf(makeRoom('harbour', { topic: 'Tides', retentionDays: 30 }));

describe('what is sent of a room that was changed', () => {
  it('is nothing when nothing was', () => {
    expect(changeOf(before, { ...before, name: ' harbour ' })).toEqual({});
  });

  it('is what differs, without the space around it', () => {
    expect(changeOf(before, { ...before, topic: '', name: ' Quay ', locked: true })).toEqual({ name: 'Quay', topic: '', locked: true });
  });
});

describe('how long messages stay', () => {
  it('offers what is set now in its place', () => {
    expect(retentionChoices(45)).toEqual([0, 1, 7, 30, 45, 90, 365, 1095]);
    expect(retentionChoices(30)).toEqual([0, 1, 7, 30, 90, 365, 1095]);
  });

  it('warns where it gets shorter', () => {
    expect(losesMessages(0, 30)).toBe(true);
    expect(losesMessages(30, 7)).toBe(true);
    expect(losesMessages(7, 30)).toBe(false);
    expect(losesMessages(7, 0)).toBe(false);
    expect(losesMessages(0, 0)).toBe(false);
  });
});
