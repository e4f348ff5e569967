import { JoinError } from './types';

export interface Access {
  readonly token: string;
  readonly url: string;
}

/** Where signalling is: beside the page. */
export function serverUrl(location: Pick<Location, 'protocol' | 'host'> = window.location): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}`;
}

/** A token handed over in the fragment, `#token=…` or `#?token=…`: fragments never reach a server's log. */
export function tokenFromFragment(fragment: string): string | null {
  const token = new URLSearchParams(fragment.replace(/^#\??/, '')).get('token')?.trim() ?? '';
  return token === '' ? null : token;
}

/** What a token says about itself, unchecked: only the server can check it. Null when it is no token at all. */
export function readClaims(token: string): { name?: string; room?: string } | null {
  try {
    const body = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    const bytes = Uint8Array.from(atob(body), (char) => char.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof claims !== 'object' || claims === null) return null;
    const text = (from: object, key: string): string | undefined => {
      const value: unknown = Reflect.get(from, key);
      return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const video: unknown = Reflect.get(claims, 'video');
    return {
      name: text(claims, 'name') ?? text(claims, 'sub'),
      room: typeof video === 'object' && video !== null ? text(video, 'room') : undefined,
    };
  } catch {
    return null;
  }
}

/** The sentence of an error answer, whichever of the usual fields it stands in. */
async function sentenceOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => '');
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null) {
      for (const key of ['detail', 'message', 'msg', 'title', 'error']) {
        const value: unknown = Reflect.get(body, key);
        if (typeof value === 'string' && value) return value;
      }
    }
  } catch {
    // Not JSON: a proxy may have answered with a page.
  }
  return `HTTP ${response.status}`;
}

/**
 * Asks the server for a token. Null: this server hands out none (404). Throws JoinError that names the cause.
 * Only a server in developer mode answers this.
 */
export async function fetchAccess(
  wish: { room: string; identity: string; name: string },
  signal?: AbortSignal,
): Promise<Access | null> {
  let response: Response;
  try {
    response = await fetch(`/api/dev/token?${new URLSearchParams(wish).toString()}`, {
      signal,
      headers: { Accept: 'application/json' },
    });
  } catch {
    throw new JoinError({ kind: signal?.aborted ? 'cancelled' : 'away' });
  }
  if (response.status === 404) return null;
  // 502 to 504 come from a proxy whose server is gone.
  if (response.status >= 502 && response.status <= 504) throw new JoinError({ kind: 'away' });
  if (!response.ok) throw new JoinError({ kind: 'server', detail: await sentenceOf(response) });

  const body: unknown = await response.json().catch(() => null);
  const field = (key: string): unknown => (typeof body === 'object' && body !== null ? Reflect.get(body, key) : null);
  const token = field('token');
  const url = field('url');
  if (typeof token !== 'string' || token === '') throw new JoinError({ kind: 'badAnswer' });
  return { token, url: typeof url === 'string' && url !== '' ? url : serverUrl() };
}
