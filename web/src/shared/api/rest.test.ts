import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makeUser } from '@/testing/things';
import { createRest, type Vault } from './rest';
import type { Session } from './types';

const session = (n: number, expiresIn = 900): Session => ({
  user: makeUser('ada'),
  accessToken: `access-${n}`,
  refreshToken: `refresh-${n}`,
  expiresIn,
});

function memoryVault(first: string | null = null): Vault {
  let kept = first;
  return {
    read: () => kept,
    write: (token) => {
      kept = token;
    },
  };
}

const json = (status: number, body: unknown, headers = {}) => new Response(JSON.stringify(body), { status, headers });
type Handler = (path: string, init: RequestInit) => Response;

describe('rest', () => {
  let asked: string[];
  const serve = (handler: Handler) =>
    vi.stubGlobal(
      'fetch',
      vi.fn((path: string, init: RequestInit) => {
        const token = new Headers(init.headers).get('Authorization') ?? '-';
        asked.push(`${init.method ?? ''} ${path} ${token}`);
        return Promise.resolve(handler(path, init));
      }),
    );
  beforeEach(() => {
    asked = [];
    vi.stubGlobal('navigator', {});
  });

  it('sends the token and the query, and leaves out what is not set', async () => {
    serve(() => json(200, { ok: 1 }));
    const rest = createRest({ vault: memoryVault() });
    rest.adopt(session(1));
    expect(await rest.call('/rooms', { query: { limit: 5, cursor: null, q: '' } })).toEqual({ ok: 1 });
    expect(asked).toEqual(['GET /api/v1/rooms?limit=5 Bearer access-1']);
  });

  it('renews once for many requests that find the token refused', async () => {
    serve((path, init) => {
      if (path.endsWith('/auth/refresh')) return json(200, session(2));
      return new Headers(init.headers).get('Authorization') === 'Bearer access-2' ? json(200, path) : json(401, {});
    });
    const rest = createRest({ vault: memoryVault() });
    rest.adopt(session(1));
    await Promise.all([rest.call('/a'), rest.call('/b'), rest.call('/c')]);
    expect(asked.filter((line) => line.includes('refresh'))).toHaveLength(1);
    expect(asked.filter((line) => line.includes('access-2'))).toHaveLength(3);
  });

  it('renews before a token ends, and keeps the new refresh token', async () => {
    serve((path) => (path.endsWith('/auth/refresh') ? json(200, session(2)) : json(200, {})));
    const vault = memoryVault();
    const rest = createRest({ vault });
    rest.adopt(session(1, 10));
    await rest.call('/a');
    expect(asked.at(-1)).toBe('GET /api/v1/a Bearer access-2');
    expect(vault.read()).toBe('refresh-2');
  });

  it('ends the session when the refresh token is refused', async () => {
    serve(() => json(401, { code: 'unauthenticated', detail: 'no' }));
    const onEnded = vi.fn();
    const vault = memoryVault();
    const rest = createRest({ vault, onEnded });
    rest.adopt(session(1));
    await expect(rest.call('/a')).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(onEnded).toHaveBeenCalledOnce();
    expect(vault.read()).toBeNull();
  });

  it('keeps the session while the server is away', async () => {
    vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new TypeError('down'))));
    const vault = memoryVault('refresh-1');
    const rest = createRest({ vault });
    await expect(rest.restore()).rejects.toMatchObject({ code: 'offline', offline: true });
    expect(vault.read()).toBe('refresh-1');
  });

  it.each([
    [json(429, { code: 'rate-limited', detail: 'slow', retryAfter: 8 }), { code: 'rate-limited', details: { retryAfter: 8 } }],
    [json(429, {}, { 'Retry-After': '3' }), { code: 'http-429', details: { retryAfter: 3 } }],
    [json(400, { code: 'invalid-argument', detail: 'bad', field: 'name' }), { message: 'bad', details: { field: 'name' } }],
    [new Response('<html>', { status: 502 }), { code: 'unavailable', offline: true }],
  ])('reads the problem of an answer', async (answer, expected) => {
    serve(() => answer);
    await expect(createRest({ vault: memoryVault() }).call('/a')).rejects.toMatchObject(expected);
  });

  it('answers nothing for 204', async () => {
    serve(() => new Response(null, { status: 204 }));
    expect(await createRest({ vault: memoryVault() }).call('/a', { method: 'DELETE' })).toBeUndefined();
  });
});
