import type { NoticePressed } from '@/features/notices/systemNotice';
import { CACHE_PREFIX, ruleFor, type TakeOver } from './rules';

/** The shell of one build, written in by the build itself. */
declare const __PARLEY_SHELL__: { readonly version: string; readonly files: readonly string[] };

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Pressed extends Lasting {
  readonly notification: Notification;
}
interface Window {
  focus(): Promise<unknown>;
  postMessage(message: unknown): void;
}
interface Fetching extends Lasting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
/** What the page's own types do not have of a service worker. */
interface Scope {
  readonly location: { readonly origin: string };
  readonly clients: {
    claim(): Promise<void>;
    matchAll(wish: { readonly type: 'window' }): Promise<readonly Window[]>;
    openWindow(path: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: Pressed) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

const scope = globalThis as unknown as Scope;
const { version, files } = __PARLEY_SHELL__;
const CACHE = CACHE_PREFIX + version;
const PAGE = '/index.html';
/** A line that gives nothing for so long counts as none. */
const PATIENCE_MS = 4000;

async function install(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(files.map((file) => new Request(file, { cache: 'reload' })));
}

async function activate(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith(CACHE_PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await scope.clients.claim();
}

/** The newest page while the server answers; the kept one without. */
async function page(request: Request): Promise<Response> {
  const kept = () => caches.match(PAGE, { cacheName: CACHE });
  try {
    const answer = await Promise.race([
      fetch(request),
      new Promise<never>((_, reject) => {
        setTimeout(() => reject(new Error('no answer')), PATIENCE_MS);
      }),
    ]);
    return answer.status >= 500 ? ((await kept()) ?? answer) : answer;
  } catch (error) {
    const shell = await kept();
    if (shell) return shell;
    throw error;
  }
}

async function asset(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && answer.type === 'basic') await (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}

/** To the page that is open already, or to a new one. */
async function goWhere(path: string): Promise<void> {
  const [open] = await scope.clients.matchAll({ type: 'window' });
  if (!open) {
    await scope.clients.openWindow(path);
    return;
  }
  const pressed: NoticePressed = { type: 'parley:notice-pressed', path };
  open.postMessage(pressed);
  await open.focus();
}

scope.addEventListener('notificationclick', (event) => {
  const { notification } = event;
  notification.close();
  if (typeof notification.data === 'string') event.waitUntil(goWhere(notification.data));
});
scope.addEventListener('install', (event) => event.waitUntil(install()));
scope.addEventListener('activate', (event) => event.waitUntil(activate()));
scope.addEventListener('message', ({ data }) => {
  const wish: TakeOver = 'parley:take-over';
  if (data === wish) void scope.skipWaiting();
});
scope.addEventListener('fetch', (event) => {
  const rule = ruleFor(event.request, scope.location.origin);
  if (rule === 'page') event.respondWith(page(event.request));
  if (rule === 'asset') event.respondWith(asset(event.request));
});
