import type { Endpoints } from '@/shared/api/endpoints';

/** Whether a protocol gets through to the ports of calls; null while it is being tried. */
export type Passage = 'through' | 'blocked' | 'unknown' | null;

/** What was found out about the network; null while a question is open. */
export interface NetworkFacts {
  readonly serverMs: number | 'away' | null;
  readonly events: boolean | null;
  readonly webrtc: boolean;
  readonly udp: Passage;
  readonly tcp: Passage;
  readonly uploadKbps: number | 'unknown' | null;
}

export type Verdict = 'checking' | 'good' | 'slow' | 'detour' | 'blocked';

const SLOW_MS = 300;
const TRIES = 3;
const PATIENCE_MS = 5000;
/** A slow machine on a slow line still builds a connection in this time. */
const PATH_PATIENCE_MS = 8000;
const UPLOAD_BYTES = 256 * 1024;
const UPLOAD_PATIENCE_MS = 15_000;

/** Below it a camera suffers, and below that sound does better alone. */
export const ENOUGH_KBPS = 1000;
export const LITTLE_KBPS = 300;

/** The worst of it in one word. */
export function verdictOf({ serverMs, events, webrtc, udp, tcp, uploadKbps }: NetworkFacts): Verdict {
  if (!webrtc || serverMs === 'away' || events === false) return 'blocked';
  if (udp === 'blocked' && tcp === 'blocked') return 'blocked';
  if (serverMs === null || events === null || udp === null || tcp === null || uploadKbps === null) return 'checking';
  if (udp === 'blocked') return 'detour';
  return serverMs > SLOW_MS || (uploadKbps !== 'unknown' && uploadKbps < LITTLE_KBPS) ? 'slow' : 'good';
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

/** Resolves once the connection is up, or is known not to come up. */
function comesUp(connection: RTCPeerConnection, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const look = () => {
      const { connectionState: state } = connection;
      if (state === 'connected' || state === 'failed' || state === 'closed') resolve(state === 'connected');
    };
    connection.onconnectionstatechange = look;
    setTimeout(resolve, PATH_PATIENCE_MS, false);
    signal.addEventListener('abort', () => resolve(false), { once: true });
    look();
  });
}

/** Builds a connection to the ports of calls over that protocol alone, and takes it down again. */
export async function passageOf(protocol: 'udp' | 'tcp', api: Pick<Endpoints, 'checkNetwork'>, signal: AbortSignal): Promise<Passage> {
  let connection: RTCPeerConnection | null = null;
  try {
    connection = new RTCPeerConnection();
    connection.createDataChannel('check');
    await connection.setLocalDescription();
    const { sdp } = await api.checkNetwork({ sdp: connection.localDescription?.sdp ?? '', protocol }, signal);
    await connection.setRemoteDescription({ type: 'answer', sdp });
    return (await comesUp(connection, signal)) ? 'through' : 'blocked';
  } catch {
    // The server does not answer such a question now, or has no port of that protocol.
    return 'unknown';
  } finally {
    connection?.close();
  }
}

/** What can be sent from here, at least: how long the server waits for a quarter of a megabyte. */
export async function uploadSpeed(api: Pick<Endpoints, 'checkUpload'>, signal: AbortSignal): Promise<number | 'unknown'> {
  // Noise, so that nothing on the way makes it smaller.
  const noise = crypto.getRandomValues(new Uint8Array(UPLOAD_BYTES / 4));
  const body = new Blob([noise, noise, noise, noise], { type: 'application/octet-stream' });
  const start = performance.now();
  const kbps = () => Math.round((UPLOAD_BYTES * 8) / Math.max(1, performance.now() - start));
  try {
    await api.checkUpload(body, AbortSignal.any([signal, AbortSignal.timeout(UPLOAD_PATIENCE_MS)]));
    return kbps();
  } catch {
    return !signal.aborted && performance.now() - start >= UPLOAD_PATIENCE_MS ? kbps() : 'unknown';
  }
}
