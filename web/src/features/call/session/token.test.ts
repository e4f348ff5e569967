// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { identityFor, renewIdentity, slug } from './identity';
import { fetchAccess, readClaims, serverUrl, tokenFromFragment } from './token';
import { JoinError } from './types';

const wish = { room: 'harbour 3', identity: 'ada-1', name: 'Ada & Co' };
const answer =
  (status: number, body: unknown): typeof fetch =>
  () =>
    Promise.resolve(new Response(typeof body === 'string' ? body : JSON.stringify(body), { status }));
const nobody =
  (error: Error): typeof fetch =>
  () =>
    Promise.reject(error);

async function failureWith(fetcher: typeof fetch, signal?: AbortSignal) {
  vi.stubGlobal('fetch', fetcher);
  const error: unknown = await fetchAccess(wish, signal).catch((thrown: unknown) => thrown);
  return error instanceof JoinError ? error.failure : error;
}

describe('fetchAccess', () => {
  it('asks for room, identity and name, and takes the address of the page', async () => {
    const fetcher = vi.fn(answer(200, { token: 'abc' }));
    vi.stubGlobal('fetch', fetcher);
    await expect(fetchAccess(wish)).resolves.toEqual({ token: 'abc', url: 'ws://localhost:3000' });
    expect(fetcher.mock.calls[0]?.[0]).toBe('/api/dev/token?room=harbour+3&identity=ada-1&name=Ada+%26+Co');
  });

  it('prefers the address that the server names', async () => {
    vi.stubGlobal('fetch', answer(200, { token: 'abc', url: 'wss://media.test' }));
    await expect(fetchAccess(wish)).resolves.toEqual({ token: 'abc', url: 'wss://media.test' });
  });

  it('gives null where tokens are not handed out', async () => {
    vi.stubGlobal('fetch', answer(404, 'no'));
    await expect(fetchAccess(wish)).resolves.toBeNull();
  });

  it.each([
    ['a server that is not ready', answer(503, { detail: 'no API key' }), { kind: 'away' }],
    ['a refusal with its reason', answer(400, { title: 'Bad Request', detail: 'the parameter room is missing' }), { kind: 'server', detail: 'the parameter room is missing' }],
    ['a refusal without a reason', answer(500, '<html>'), { kind: 'server', detail: 'HTTP 500' }],
    ['a proxy whose server is gone', answer(502, ''), { kind: 'away' }],
    ['a page instead of JSON', answer(200, '<html>'), { kind: 'badAnswer' }],
    ['an answer without a token', answer(200, { token: '' }), { kind: 'badAnswer' }],
    ['nobody', nobody(new TypeError('Failed to fetch')), { kind: 'away' }],
  ])('names the cause when it meets %s', async (_, fetcher, expected) => {
    expect(await failureWith(fetcher)).toEqual(expected);
  });

  it('is no failure when it was taken back', async () => {
    const aborted = nobody(new DOMException('', 'AbortError'));
    expect(await failureWith(aborted, AbortSignal.abort())).toEqual({ kind: 'cancelled' });
  });
});

describe('serverUrl', () => {
  it.each([
    ['https:', 'calls.test', 'wss://calls.test'],
    ['http:', 'localhost:7880', 'ws://localhost:7880'],
  ])('of a page over %s', (protocol, host, expected) => {
    expect(serverUrl({ protocol, host })).toBe(expected);
  });
});

describe('tokenFromFragment', () => {
  it.each([
    ['#?token=a.b.c', 'a.b.c'],
    ['#token=a.b.c', 'a.b.c'],
    ['#?x=1&token=a.b.c', 'a.b.c'],
    ['#?token=', null],
    ['#top', null],
    ['', null],
  ])('of %j is %j', (fragment, expected) => {
    expect(tokenFromFragment(fragment)).toBe(expected);
  });
});

describe('readClaims', () => {
  const encode = (claims: unknown) => {
    const bytes = new TextEncoder().encode(JSON.stringify(claims));
    return `x.${btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')}.y`;
  };

  it.each([
    ['all there is', encode({ sub: 'ada-1', name: 'Adá', video: { room: 'größe' } }), { name: 'Adá', room: 'größe' }],
    ['the identity for want of a name', encode({ sub: 'ada-1', video: {} }), { name: 'ada-1', room: undefined }],
    ['nothing of other types', encode({ name: 7, video: 'x' }), { name: undefined, room: undefined }],
    ['null when it is no object', encode(3), null],
    ['null when it is no token', 'hello', null],
    ['null when it is not base64', 'a.%%%.c', null],
  ])('gives %s', (_, token, expected) => {
    expect(readClaims(token)).toEqual(expected);
  });
});

describe('identity', () => {
  it.each([
    ['Ada Lovelace', 'ada-lovelace'],
    ['Tomás Rueda', 'tomas-rueda'],
    ['  !!  ', 'guest'],
    ['ليلى', 'guest'],
    ['x'.repeat(99), 'x'.repeat(40)],
  ])('of %j begins with %j', (name, expected) => {
    expect(slug(name)).toBe(expected);
    expect(identityFor(name)).toMatch(new RegExp(`^${expected}-[0-9a-z]{10}$`));
  });

  it('stays as long as the tab does, and changes when renewed', () => {
    const first = identityFor('Ada');
    expect(identityFor('Ada')).toBe(first);
    renewIdentity();
    expect(identityFor('Ada')).not.toBe(first);
  });
});
