import { Pause } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useClient } from '@/app/client';
import { roomTitle } from '@/features/rooms/actions';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Button } from '@/shared/ui/Button';
import { leaveHeld, returnToHeld } from './actions';
import { followSession } from './followSession';

/** Follows a call on hold: it may end without me, and it ends with the page. */
function useHeld(): void {
  const client = useClient();
  const held = useStore(client.held, (state) => state);
  useEffect(() => {
    if (!held) return;
    const { session, callId } = held;
    return followSession(client, callId, session, () => client.held.dispatch({ type: 'drop', callId }));
  }, [client, held]);
  // Out of the second call, one is back in the first: heard only once one says so.
  const step = useStore(client.active, (state) => state.step);
  const wasIn = useRef(false);
  useEffect(() => {
    const left = wasIn.current && step === 'none';
    wasIn.current = step !== 'none';
    if (left) returnToHeld(client, false);
  }, [client, step]);
}

/** The call that waits, wherever in the page I am. */
export function HeldBar() {
  const { t } = useI18n();
  const client = useClient();
  useHeld();
  const held = useStore(client.held, (state) => state);
  const room = useStore(client.rooms, (state) => (held ? state.byId[held.wish.roomId] : undefined));
  if (!held || !room) return null;
  return (
    <div
      role="region"
      aria-label={t('held.region')}
      data-theme="dark"
      className="on-stage appear fixed inset-x-0 top-2 z-50 mx-auto flex w-fit max-w-[calc(100vw-1rem)] items-center gap-2 rounded-full bg-stage-raised py-1.5 ps-4 pe-1.5 text-13 text-stage-text shadow-2 max-sm:top-16"
    >
      <Pause size={16} aria-hidden="true" className="flex-none text-stage-text-2" />
      <span className="min-w-0 truncate">
        <bdi className="font-semibold">{roomTitle(client, room)}</bdi> · {t('held.on')}
      </span>
      <Button size="s" look="signal" className="rounded-full!" onClick={() => returnToHeld(client)}>
        {t('held.return')}
      </Button>
      <Button size="s" className="rounded-full!" onClick={() => leaveHeld(client)}>
        {t('held.leave')}
      </Button>
    </div>
  );
}
