const KEY = 'parley.wish';

/**
 * Where somebody wanted to go before the door: they get there after it. Kept by this tab alone, with the fragment, for
 * the way may lead over a provider's page and the fragment may hold a room's secret.
 */
export function rememberWish(): void {
  const { pathname, search, hash } = window.location;
  sessionStorage.setItem(KEY, pathname + search + hash);
}

export function takeWish(): string {
  const wish = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  return wish?.startsWith('/') && !wish.startsWith('//') ? wish : '/';
}

/** The invitation that brought somebody here, while they are at the door. */
export function wishedInvitation(): string | undefined {
  const token = /^\/j\/([^/?#]+)/.exec(sessionStorage.getItem(KEY) ?? '')?.[1];
  return token ? decodeURIComponent(token) : undefined;
}
