import { useEffect } from 'react';
import { useClient } from '@/app/client';
import { useStore } from '@/shared/state/store';

/** While I wait: what the hosts answer, and a new knock when the line was down. */
export function useLobby(): void {
  const client = useClient();
  const callId = useStore(client.active, (state) => (state.step === 'lobby' ? state.callId : null));
  useEffect(() => {
    if (!callId) return;
    const { link, active } = client;
    let wasOffline = false;
    const stops = [
      link.on('lobby-admitted', (data) => active.dispatch({ type: 'admitted', callId: data.callId })),
      link.on('lobby-denied', (data) => active.dispatch({ type: 'denied', callId: data.callId })),
      link.on('call-updated', ({ call }) => {
        if (call.id === callId && call.status !== 'active' && call.status !== 'ringing') active.dispatch({ type: 'close' });
      }),
      link.onState((state) => {
        if (state === 'online' && wasOffline) link.tell('knock-call', { callId });
        wasOffline = state !== 'online';
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [client, callId]);
}
