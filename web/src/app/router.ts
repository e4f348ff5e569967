import { useSyncExternalStore } from 'react';

export type Route = { readonly place: 'home' } | { readonly place: 'room'; readonly room: string };

/** `/` and `/r/:room`; a trailing `/call` is the same room. Anything else is home. */
export function parsePath(path: string): Route {
  const match = /^\/r\/([^/]+)(?:\/call)?\/?$/.exec(path);
  if (!match?.[1]) return { place: 'home' };
  try {
    const room = decodeURIComponent(match[1]).trim();
    return room ? { place: 'room', room } : { place: 'home' };
  } catch {
    return { place: 'home' }; // a broken percent code
  }
}

export const roomPath = (room: string): string => `/r/${encodeURIComponent(room)}`;

const MOVED = 'parley:moved';

/** Shows another place. `replace` leaves no step to go back to. The fragment stays: it may hold a token. */
export function navigate(path: string, { replace = false }: { replace?: boolean } = {}): void {
  if (path === window.location.pathname) return;
  const url = path + window.location.hash;
  if (replace) window.history.replaceState(null, '', url);
  else window.history.pushState(null, '', url);
  window.dispatchEvent(new Event(MOVED));
}

function subscribe(listener: () => void) {
  window.addEventListener('popstate', listener);
  window.addEventListener(MOVED, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(MOVED, listener);
  };
}

export function useRoute(): Route {
  return parsePath(useSyncExternalStore(subscribe, () => window.location.pathname));
}
