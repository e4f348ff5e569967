import { describe, expect, it, vi } from 'vitest';
import { ApiError } from '@/shared/api/errors';
import type { Client } from '@/app/client';
import { activeReducer, noCall } from '../activeReducer';
import { knock, lockedCallOf } from './knocking';

const wish = { roomId: 'room', type: 'video', enter: 'chosen' } as const;

describe('before a locked call', () => {
  const joining = activeReducer(noCall, { type: 'join', wish });
  const waiting = activeReducer(joining, { type: 'knocked', callId: 'c' });

  it('one waits, goes in when admitted, and hears when turned away', () => {
    expect(waiting).toMatchObject({ step: 'lobby', denied: false });
    expect(activeReducer(waiting, { type: 'admitted', callId: 'c' })).toEqual(joining);
    expect(activeReducer(waiting, { type: 'denied', callId: 'c' })).toMatchObject({ step: 'lobby', denied: true });
  });

  it('answers about another call change nothing', () => {
    expect(activeReducer(waiting, { type: 'admitted', callId: 'x' })).toBe(waiting);
    expect(activeReducer(waiting, { type: 'denied', callId: 'x' })).toBe(waiting);
    expect(activeReducer(noCall, { type: 'knocked', callId: 'c' })).toBe(noCall);
  });
});

describe('lockedCallOf', () => {
  const client = (call: { id: string } | null) => ({ api: { liveCall: () => Promise.resolve({ call }) } }) as unknown as Client;
  const denied = new ApiError('permission-denied', 'locked');

  it('is the call that refused, the one that rang before the one of the room', async () => {
    expect(await lockedCallOf(client({ id: 'c' }), wish, denied)).toBe('c');
    expect(await lockedCallOf(client({ id: 'c' }), { ...wish, callId: 'rang' }, denied)).toBe('rang');
  });

  it('is none for other refusals, and where no call goes on', async () => {
    expect(await lockedCallOf(client({ id: 'c' }), wish, new ApiError('rate-limited', 'slow'))).toBeNull();
    expect(await lockedCallOf(client(null), wish, denied)).toBeNull();
  });
});

describe('knock', () => {
  it('says so when not even that is allowed', async () => {
    const dispatch = vi.fn();
    const client = (ask: () => Promise<unknown>) => ({ link: { ask }, active: { dispatch } }) as unknown as Client;
    expect(await knock(client(() => Promise.reject(new Error('no'))), 'c')).toBe(false);
    expect(dispatch).not.toHaveBeenCalled();
    expect(await knock(client(() => Promise.resolve({})), 'c')).toBe(true);
    expect(dispatch).toHaveBeenCalledWith({ type: 'knocked', callId: 'c' });
  });
});
