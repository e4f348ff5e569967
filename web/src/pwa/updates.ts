import type { TakeOver } from './rules';

const CHECK_MS = 60 * 60_000;

let waiting: ServiceWorker | null = null;
const listeners = new Set<() => void>();

export const updateReady = (): boolean => waiting !== null;
export function onUpdate(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function found(worker: ServiceWorker | null): void {
  // The first version of all replaces nothing.
  if (!worker || !navigator.serviceWorker.controller) return;
  waiting = worker;
  for (const listener of listeners) listener();
}

function follow(registration: ServiceWorkerRegistration): void {
  found(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const { installing } = registration;
    // Asked as it begins: a first version takes the page over itself, at times before it is told that it was installed.
    const replaces = navigator.serviceWorker.controller !== null;
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'installed' && replaces) found(installing);
    });
  });
  const check = () => void registration.update().catch(() => undefined);
  setInterval(check, CHECK_MS);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') check();
  });
}

/** Lets the page start without a line, and learn of newer versions of itself. */
export function startUpdates(): void {
  if (!('serviceWorker' in navigator)) return;
  const register = () => {
    navigator.serviceWorker.register('/sw.js').then(follow, () => undefined);
  };
  if (document.readyState === 'complete') register();
  else window.addEventListener('load', register, { once: true });
}

/** The new version takes over, and the page begins anew in it. */
export function takeUpdate(): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => window.location.reload(), { once: true });
  const wish: TakeOver = 'parley:take-over';
  waiting?.postMessage(wish);
}
