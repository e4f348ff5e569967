import { ApiError, errorOfResponse } from './errors';
import type { Session } from './types';

export const BASE = '/api/v1';
const REFRESH_KEY = 'parley.refresh';
/** Before the token ends: clocks differ, and a request takes its time. */
const EARLY_MS = 30_000;

/** Where the refresh token is kept between visits. */
export interface Vault {
  readonly read: () => string | null;
  readonly write: (token: string | null) => void;
}

export const browserVault: Vault = {
  read: () => {
    try {
      return localStorage.getItem(REFRESH_KEY);
    } catch {
      return null;
    }
  },
  write: (token) => {
    try {
      if (token === null) localStorage.removeItem(REFRESH_KEY);
      else localStorage.setItem(REFRESH_KEY, token);
    } catch {
      // A private window that keeps nothing: signed in for as long as the page lives.
    }
  },
};

export type Query = Readonly<Record<string, string | number | boolean | undefined | null>>;

export interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  /** What the answer is taken as; JSON unless said. */
  readonly as?: 'json' | 'blob';
  /** Asked before anybody is signed in: no token, and 401 is an answer like others. */
  readonly open?: boolean;
  /** The path stands beside the API, not in it. */
  readonly root?: boolean;
}

export interface Rest {
  readonly call: <Answer>(path: string, request?: Request) => Promise<Answer>;
  /** A token that is good for a while; null when nobody is signed in. */
  readonly token: () => Promise<string | null>;
  readonly adopt: (session: Session) => void;
  readonly forget: () => void;
  /** Signs in again from what the browser kept. Null: nobody was, or no longer is, signed in. */
  readonly restore: () => Promise<Session | null>;
  readonly hasSession: () => boolean;
}

const withQuery = (path: string, { query = {}, root }: Request): string => {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  const text = new URLSearchParams(pairs.map(([key, value]) => [key, String(value)])).toString();
  return `${root ? '' : BASE}${path}${text ? `?${text}` : ''}`;
};

interface Options {
  readonly vault?: Vault;
  /** The session ended on the server's side. */
  readonly onEnded?: () => void;
}

/** Several tabs hold the same refresh token, which is good once: they take turns. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const { locks } = navigator as { locks?: LockManager };
  return locks ? (locks.request('parley.refresh', work) as Promise<T>) : work();
}

async function send(path: string, request: Request, token: string | null): Promise<Response> {
  const { body } = request;
  const headers: Record<string, string> = { Accept: request.as === 'blob' ? '*/*' : 'application/json' };
  if (body instanceof Blob) headers['Content-Type'] = body.type;
  else if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (token) headers.Authorization = `Bearer ${token}`;
  try {
    return await fetch(withQuery(path, request), {
      method: request.method ?? 'GET',
      headers,
      body: body === undefined || body instanceof Blob ? body : JSON.stringify(body),
      signal: request.signal,
    });
  } catch (error) {
    if (request.signal?.aborted) throw new ApiError('cancelled', 'cancelled');
    throw new ApiError('offline', error instanceof Error ? error.message : 'offline', { status: 0 });
  }
}

async function parse<Answer>(response: Response, as: Request['as'] = 'json'): Promise<Answer> {
  if (!response.ok) throw await errorOfResponse(response);
  if (as === 'blob') return (await response.blob()) as Answer;
  if (response.status === 204 || response.headers.get('Content-Length') === '0') return undefined as Answer;
  try {
    return (await response.json()) as Answer;
  } catch {
    throw new ApiError('bad-answer', 'the answer is no JSON', { status: response.status });
  }
}

export function createRest({ vault = browserVault, onEnded }: Options = {}): Rest {
  let access: { token: string; until: number } | null = null;
  let refreshing: Promise<Session | null> | null = null;

  function adopt(session: Session) {
    access = { token: session.accessToken, until: Date.now() + session.expiresIn * 1000 - EARLY_MS };
    vault.write(session.refreshToken);
  }
  function forget() {
    access = null;
    vault.write(null);
  }

  async function renew(): Promise<Session | null> {
    const refreshToken = vault.read();
    if (!refreshToken) return null;
    const response = await send('/auth/refresh', { method: 'POST', body: { refreshToken } }, null);
    if (response.ok) {
      const session = await parse<Session>(response);
      adopt(session);
      return session;
    }
    // Another tab may have used it up in the same moment; then a newer one lies there.
    if (vault.read() !== refreshToken) return renew();
    if (response.status === 401 || response.status === 403 || response.status === 400) {
      forget();
      return null;
    }
    throw await errorOfResponse(response);
  }

  /** Whoever finds the token spent waits for the same renewal. */
  const refresh = (): Promise<Session | null> => {
    refreshing ??= inTurn(renew).finally(() => {
      refreshing = null;
    });
    return refreshing;
  };

  async function token(): Promise<string | null> {
    if (access && Date.now() < access.until) return access.token;
    if (!vault.read()) return access?.token ?? null;
    const had = access !== null;
    const session = await refresh();
    if (!session && had) onEnded?.();
    return session?.accessToken ?? null;
  }

  async function call<Answer>(path: string, request: Request = {}): Promise<Answer> {
    if (request.open) return parse(await send(path, request, null), request.as);
    const first = await token();
    const response = await send(path, request, first);
    if (response.status !== 401 || !first) return parse(response, request.as);
    // Refused before its time: revoked, or the clock here is wrong. Once more with a new one.
    if (access?.token === first) access = null;
    const session = await refresh();
    if (session) return parse(await send(path, request, session.accessToken), request.as);
    onEnded?.();
    return parse(response);
  }

  return { call, token, adopt, forget, restore: refresh, hasSession: () => vault.read() !== null };
}
