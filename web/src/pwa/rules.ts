/** What the service worker does with a request: nothing, most of the time. */
export type Rule = 'pass' | 'page' | 'asset';

interface Asked {
  readonly method: string;
  readonly mode: string;
  readonly url: string;
}

/** Answers of these are for one person, or change: they are never kept. */
const dynamic = ['/api/', '/socket.io/', '/ws', '/rtc', '/twirp/', '/whip', '/metrics', '/healthz', '/readyz'];

export function ruleFor({ method, mode, url }: Asked, origin: string): Rule {
  const { origin: from, pathname } = new URL(url);
  if (method !== 'GET' || from !== origin || dynamic.some((path) => pathname.startsWith(path))) return 'pass';
  if (mode === 'navigate') return 'page';
  // Names with a hash of their content: the same name is the same file for ever.
  return pathname.startsWith('/assets/') ? 'asset' : 'pass';
}

export const CACHE_PREFIX = 'parley-shell-';
/** How a page asks the waiting version to take over. A type alone: worker and page share no script. */
export type TakeOver = 'parley:take-over';
