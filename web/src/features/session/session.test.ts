// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ServerConfig } from '@/shared/api/types';
import { makeUser } from '@/testing/things';
import { signIn, startClient } from './actions';
import { doorPhrase } from './doorPhrase';
import { ApiError } from '@/shared/api/errors';
import { readReturned, startAt, takeReturned } from './returned';
import { rememberWish, takeWish, wishedInvitation } from './wish';
import { guestToken } from './SignIn';
import { strengthOf } from './Register';

const config = { name: 'Here', providers: [], limits: {}, features: {} } as unknown as ServerConfig;
const session = { user: makeUser('ada'), accessToken: 'a', refreshToken: 'r', expiresIn: 900 };
const answer = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });

afterEach(() => localStorage.clear());

describe('what a provider left in the address', () => {
  it.each([
    ['#code=abc', { code: 'abc' }],
    ['#error=access-denied&message=not%20you', { error: 'access-denied', message: 'not you' }],
    ['#k=secret', null],
    ['', null],
  ])('%s', (hash, expected) => {
    expect(readReturned(hash)).toEqual(expected);
  });

  it('is taken out of the address', () => {
    window.history.replaceState(null, '', '/signin?x=1#code=abc');
    expect(takeReturned()).toEqual({ code: 'abc' });
    expect(window.location.href).toMatch(/\/signin\?x=1$/);
    expect(takeReturned()).toBeNull();
  });

  it('leaves a room secret where it is', () => {
    window.history.replaceState(null, '', '/j/token#k=secret');
    expect(takeReturned()).toBeNull();
    expect(window.location.hash).toBe('#k=secret');
  });

  it('comes back to the door', () => {
    expect(startAt('/api/v1/auth/oidc/company/start')).toBe('/api/v1/auth/oidc/company/start?redirect=%2Fsignin');
  });
});

describe('startClient', () => {
  it('exchanges a code for a session at once', async () => {
    const fetch = vi.fn(() => Promise.resolve(answer(200, session)));
    vi.stubGlobal('fetch', fetch);
    const client = startClient(config, { code: 'abc' });
    expect(client.session.getState().phase).toBe('restoring');
    await vi.waitFor(() => expect(client.session.getState().phase).toBe('in'));
    expect(fetch).toHaveBeenCalledWith('/api/v1/auth/oidc/exchange', expect.objectContaining({ body: '{"code":"abc"}' }));
    expect(localStorage.getItem('parley.refresh')).toBe('r');
  });

  it('says why a spent code leads nowhere', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(answer(401, { code: 'unauthenticated', detail: 'too old', field: 'code' })));
    const client = startClient(config, { code: 'abc' });
    await vi.waitFor(() => expect(client.session.getState().phase).toBe('out'));
    expect(client.session.getState().refusal).toEqual({ key: 'door.oidcRefused', parameters: { detail: 'too old' } });
  });

  it('says what the provider said, without asking anybody', () => {
    const fetch = vi.fn();
    vi.stubGlobal('fetch', fetch);
    const client = startClient(config, { error: 'access-denied', message: '' });
    expect(client.session.getState().refusal?.parameters).toEqual({ detail: 'access-denied' });
    expect(fetch).not.toHaveBeenCalled();
  });
});

it('shows and sends nothing of whoever was here before', async () => {
  const sessions = ['ada', 'ada', 'bo'].map((id) => ({ ...session, user: makeUser(id) }));
  vi.stubGlobal('fetch', () => Promise.resolve(answer(200, sessions.shift())));
  const client = startClient(config);
  const form = { email: 'a@example.org', password: 'x' };
  const enter = async () => {
    await signIn(client, form);
    // Keys that are still being made must not outlive the test's thread.
    await client.e2ee.secret('room');
  };
  const outgoing = { clientId: 'c1', roomId: 'room', content: 'from ada', createdAt: '', state: 'queued' } as const;
  await enter();
  client.messages.dispatch({ type: 'post', outgoing });
  client.session.dispatch({ type: 'ended' });
  await enter();
  expect(client.messages.getState().outbox).toEqual([outgoing]);
  client.session.dispatch({ type: 'ended' });
  await enter();
  expect(client.messages.getState().outbox).toEqual([]);
});

describe('the wish', () => {
  it('is kept over the door with its secret, and given once', () => {
    window.history.replaceState(null, '', '/j/to%20ken?a=1#k=secret');
    rememberWish();
    expect(wishedInvitation()).toBe('to ken');
    expect(takeWish()).toBe('/j/to%20ken?a=1#k=secret');
    expect(takeWish()).toBe('/');
  });

  it('leads nowhere else', () => {
    sessionStorage.setItem('parley.wish', '//elsewhere.example');
    expect(takeWish()).toBe('/');
  });
});

it.each([
  ['https://talk.example/guest/abcDEF_123-xyz', 'abcDEF_123-xyz'],
  [' abcDEF_123-xyz ', 'abcDEF_123-xyz'],
  ['https://talk.example/j/abcDEF_123-xyz', ''],
  ['hello there', ''],
])('the token of %s', (text, token) => {
  expect(guestToken(text)).toBe(token);
});

it('names a wrong password of a guest link', () => {
  expect(doorPhrase(new ApiError('permission-denied', 'x', { field: 'password' }))).toEqual({ key: 'door.wrongPassword' });
  expect(doorPhrase(new ApiError('permission-denied', 'x'))).toEqual({ key: 'door.invitationNeeded' });
});

it.each([
  ['', null],
  ['aaaaaaaaaaaaaaaa', 'door.weak'],
  ['harbour9', 'door.fair'],
  ['tall ships sail', 'door.strong'],
])('strength of %j', (password, expected) => {
  expect(strengthOf(password)).toBe(expected);
});
