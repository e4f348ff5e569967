import type { MediaPath } from '../session/lastPath';

/** What was found out about the network; null while a question is open. */
export interface NetworkFacts {
  readonly serverMs: number | 'away' | null;
  readonly events: boolean | null;
  readonly webrtc: boolean;
  readonly path: MediaPath | null;
}

export type Verdict = 'checking' | 'good' | 'slow' | 'detour' | 'blocked';

const SLOW_MS = 300;
const TRIES = 3;
const PATIENCE_MS = 5000;

/** The worst of it in one word. */
export function verdictOf({ serverMs, events, webrtc, path }: NetworkFacts): Verdict {
  if (!webrtc || serverMs === 'away' || events === false) return 'blocked';
  if (serverMs === null || events === null) return 'checking';
  if (path === 'tcp') return 'detour';
  return serverMs > SLOW_MS ? 'slow' : 'good';
}

/** The shortest way there and back of a few, in milliseconds; the first also opens the line. */
export async function timeToServer(signal: AbortSignal): Promise<number | 'away'> {
  let best = Number.POSITIVE_INFINITY;
  try {
    for (let i = 0; i < TRIES; i++) {
      const start = performance.now();
      const response = await fetch('/api/v1/config', { signal, cache: 'no-store' });
      await response.arrayBuffer();
      if (!response.ok) return 'away';
      best = Math.min(best, performance.now() - start);
    }
  } catch {
    return 'away';
  }
  return Math.round(best);
}

/** Whether a WebSocket to the server opens: events and calls go over one. */
export function opensWebSocket(path: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${window.location.host}${path}?EIO=4&transport=websocket`);
    const end = (opened: boolean) => {
      clearTimeout(timer);
      socket.onopen = socket.onerror = socket.onclose = null;
      socket.close();
      resolve(opened);
    };
    const timer = setTimeout(end, PATIENCE_MS, false);
    socket.onopen = () => end(true);
    socket.onerror = socket.onclose = () => end(false);
    signal.addEventListener('abort', () => end(false), { once: true });
  });
}

/** Missing in old browsers, and taken away by some policies and extensions. */
export function hasWebRtc(): boolean {
  try {
    new RTCPeerConnection().close();
    return true;
  } catch {
    return false;
  }
}
