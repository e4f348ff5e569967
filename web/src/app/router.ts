import { useSyncExternalStore } from 'react';

export type Panel = 'people' | 'files' | 'pins' | 'search';
export const panels: readonly Panel[] = ['people', 'files', 'pins', 'search'];

export type Route =
  | { readonly place: 'home' }
  | { readonly place: 'inbox' | 'calls' | 'files' | 'rooms' | 'you' | 'welcome' | 'signin' | 'register' }
  | { readonly place: 'search'; readonly query: string }
  | { readonly place: 'guest' | 'invitation' | 'shared'; readonly token: string }
  | { readonly place: 'settings' | 'admin'; readonly page: string }
  | { readonly place: 'quick'; readonly room: string }
  | {
      readonly place: 'room';
      readonly room: string;
      readonly call?: true;
      readonly message?: string;
      readonly thread?: string;
      readonly file?: string;
      readonly version?: number;
      readonly panel?: Panel;
    };

const plain = ['inbox', 'calls', 'files', 'rooms', 'you', 'welcome', 'signin', 'register'] as const;

function parts(path: string): readonly string[] {
  try {
    return path
      .split('/')
      .filter(Boolean)
      .map((part) => decodeURIComponent(part).trim());
  } catch {
    return []; // a broken percent code
  }
}

function roomRoute(room: string, rest: readonly string[], query: URLSearchParams): Route {
  const route = { place: 'room', room } as const;
  const [kind, id] = rest;
  if (kind === 'call') return { ...route, call: true };
  if (kind === 'm' && id) return { ...route, message: id };
  if (kind === 't' && id) return { ...route, thread: id };
  const panel = panels.find((name) => name === query.get('panel'));
  if (kind === 'f' && id) {
    const version = Number(query.get('v') ?? 0);
    // Beside the list of the room's files, or beside its messages.
    const beside = panel === 'files' ? { panel } : {};
    return version > 0 ? { ...route, ...beside, file: id, version } : { ...route, ...beside, file: id };
  }
  return panel ? { ...route, panel } : route;
}

/** What an address means. Anything unknown is home. */
export function parsePath(path: string, search = ''): Route {
  const [first, second = '', ...rest] = parts(path);
  const query = new URLSearchParams(search);
  if (first === 'r' && second) return roomRoute(second, rest, query);
  if (first === 'quick') return { place: 'quick', room: second };
  if (first === 'search') return { place: 'search', query: query.get('q') ?? '' };
  if (first === 'settings') return { place: 'settings', page: second || 'profile' };
  if (first === 'admin') return { place: 'admin', page: second || 'overview' };
  if (first === 'guest' && second) return { place: 'guest', token: second };
  if (first === 's' && second) return { place: 'shared', token: second };
  if (first === 'j' && second) return { place: 'invitation', token: second };
  const place = plain.find((name) => name === first);
  return place ? { place } : { place: 'home' };
}

export const roomPath = (room: string): string => `/r/${encodeURIComponent(room)}`;
export const callPath = (room: string): string => `${roomPath(room)}/call`;
export const quickPath = (room: string): string => `/quick/${encodeURIComponent(room)}`;
export const messagePath = (room: string, message: string): string => `${roomPath(room)}/m/${encodeURIComponent(message)}`;
export const threadPath = (room: string, thread: string): string => `${roomPath(room)}/t/${encodeURIComponent(thread)}`;
export const filePath = (room: string, file: string): string => `${roomPath(room)}/f/${encodeURIComponent(file)}`;
export const panelPath = (room: string, panel: Panel): string => `${roomPath(room)}?panel=${panel}`;

const MOVED = 'parley:moved';

/** Shows another place. `replace` leaves no step to go back to. The fragment stays, for it may hold a token, unless the path brings one. */
export function navigate(path: string, { replace = false }: { replace?: boolean } = {}): void {
  if (path === window.location.pathname + window.location.search) return;
  const url = path.includes('#') ? path : path + window.location.hash;
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

let cache: { at: string; route: Route } | null = null;

/** The same object for as long as the address stays. */
export function currentRoute(): Route {
  const { pathname, search } = window.location;
  const at = pathname + search;
  if (cache?.at !== at) cache = { at, route: parsePath(pathname, search) };
  return cache.route;
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, currentRoute);
}
