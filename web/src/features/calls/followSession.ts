import type { Client } from '@/app/client';
import type { Id } from '@/shared/api/types';
import type { CallSession, EndCause } from '@/features/call/session/types';

/** Follows a session until it ends, which the server is told, or until the page goes, which ends it. Returns what stops that. */
export function followSession(client: Client, callId: Id, session: CallSession, onEnded: (cause: EndCause) => void): () => void {
  const check = () => {
    const { phase, cause } = session.store.getState();
    if (phase !== 'ended') return;
    client.link.tell('leave-call', { callId });
    onEnded(cause ?? 'unknown');
  };
  const leave = () => session.leave();
  const stop = session.store.subscribe(check);
  window.addEventListener('pagehide', leave);
  check();
  return () => {
    stop();
    window.removeEventListener('pagehide', leave);
  };
}
