import { useEffect, useRef } from 'react';
import { myId, useClient } from '@/app/client';
import { useStore } from '@/shared/state/store';
import { showToast } from '@/features/notices/actions';
import { joinCallIn } from './actions';
import { fateOf } from './fate';

/** Says what became of a call that stopped ringing by itself: answered on another device, or missed. */
export function useRingFate(): void {
  const client = useClient();
  const ringing = useStore(client.calls, (state) => state.ringing);
  // The stores hear the same event and forget the call; this remembers it for a moment longer.
  const known = useRef(ringing);
  useEffect(() => {
    known.current = ringing;
  }, [ringing]);
  useEffect(
    () =>
      client.link.on('call-updated', ({ call }) => {
        const rang = known.current.find((item) => item.call.id === call.id);
        const fate = rang && fateOf(call, myId(client));
        if (!rang || !fate) return;
        known.current = known.current.filter((item) => item !== rang);
        if (fate === 'elsewhere') {
          // Answered here, by another way than the dialog: by the room's own button, or by its address.
          const active = client.active.getState();
          const here = active.step !== 'none' && active.wish.roomId === call.roomId;
          if (!here) showToast(client, { id: `ring-${call.id}`, text: { key: 'ring.elsewhere' } });
          return;
        }
        showToast(client, {
          id: `ring-${call.id}`,
          text: { key: 'ring.missed', parameters: { name: rang.fromName } },
          person: rang.fromId ? { id: rang.fromId, name: rang.fromName } : undefined,
          action: { label: { key: 'ring.callBack' }, run: () => joinCallIn(client, call.roomId, call.type) },
          ms: 12_000,
        });
      }),
    [client],
  );
}
