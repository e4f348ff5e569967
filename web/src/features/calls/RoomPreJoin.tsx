import { useEffect, useRef } from 'react';
import { useClient } from '@/app/client';
import { navigate, roomPath } from '@/app/router';
import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Button } from '@/shared/ui/Button';
import { Flag } from '@/shared/ui/Flag';
import { DevicePickers } from '@/features/call/prejoin/DevicePickers';
import { LookAndSound, useSetup } from '@/features/call/prejoin/LookAndSound';
import { NetworkCheck } from '@/features/call/prejoin/NetworkCheck';
import { roomTitle } from '@/features/rooms/actions';
import { joinCallIn, useLiveCall } from './actions';
import { loadCall } from './useJoining';

/** Before a room's call: how I look and sound. Joining never waits for camera or microphone. */
export function RoomPreJoin({ room }: { room: Room }) {
  const { t } = useI18n();
  const client = useClient();
  const user = useStore(client.session, (state) => state.user);
  const live = useLiveCall(room.id);
  // Enter joins, from the first moment on.
  const submit = useRef<HTMLButtonElement>(null);
  useEffect(() => submit.current?.focus(), []);
  const setup = useSetup();
  const join = (enter: 'chosen' | 'quiet' | 'sound') => joinCallIn(client, room.id, live?.type ?? 'video', { enter });
  return (
    <div className="fixed inset-0 z-30 overflow-y-auto bg-canvas">
      <main className="grid min-h-full content-center justify-center gap-x-14 gap-y-8 px-4 py-10 max-md:grid-cols-[minmax(0,640px)] sm:px-6 md:grid-cols-[minmax(0,760px)_minmax(300px,400px)]">
        <LookAndSound setup={setup} name={user?.name ?? ''} identity={user?.id ?? ''} onSoundOnly={() => join('sound')} />
        <form
          className="flex min-w-0 flex-col gap-4 self-center"
          aria-label={t('join.region')}
          onPointerEnter={() => void loadCall().catch(() => undefined)}
          onSubmit={(event) => {
            event.preventDefault();
            join('chosen');
          }}
        >
          <div className="mb-2 flex items-center gap-4">
            <Flag room={room.id} spec={room.flag} size={56} />
            <div className="min-w-0">
              <h1 className="truncate text-26 font-semibold tracking-[-0.018em]">
                <bdi>{roomTitle(client, room)}</bdi>
              </h1>
              <p className="text-13 text-text-2">
                {live ? t('call.people', { n: live.participants.filter(({ status }) => status === 'joined').length }) : t('call.nobodyYet')}
              </p>
            </div>
          </div>
          <DevicePickers devices={setup.devices} />
          <NetworkCheck eventsPath={client.config.events.socketIoPath} />
          <Button ref={submit} type="submit" look="primary" size="xl">
            {t('join.submit')}
          </Button>
          <Button look="ghost" onClick={() => join('quiet')}>
            {t('join.submitQuiet')}
          </Button>
          <Button look="ghost" onClick={() => navigate(roomPath(room.id))}>
            {t('call.backToRoom')}
          </Button>
        </form>
      </main>
    </div>
  );
}
