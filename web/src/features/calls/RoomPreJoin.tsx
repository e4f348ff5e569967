import { useEffect, useRef, useState } from 'react';
import { useClient } from '@/app/client';
import { navigate, roomPath } from '@/app/router';
import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Banner } from '@/shared/ui/Banner';
import { Button } from '@/shared/ui/Button';
import { Flag } from '@/shared/ui/Flag';
import { usePreferences } from '@/features/call/devices/preferences';
import { useCapture } from '@/features/call/devices/useCapture';
import { useDeviceList } from '@/features/call/devices/useDeviceList';
import { DevicePickers } from '@/features/call/prejoin/DevicePickers';
import type { Hearing } from '@/features/call/prejoin/level';
import { LevelMeter } from '@/features/call/prejoin/LevelMeter';
import { NetworkCheck } from '@/features/call/prejoin/NetworkCheck';
import { Preview } from '@/features/call/prejoin/Preview';
import { usePreJoinKeys } from '@/features/call/prejoin/usePreJoinKeys';
import { roomTitle } from '@/features/rooms/actions';
import { joinCallIn, useLiveCall } from './actions';
import { loadCall } from './useJoining';

/** Before a room's call: how I look and sound. Joining never waits for camera or microphone. */
export function RoomPreJoin({ room }: { room: Room }) {
  const { t, phrase } = useI18n();
  const client = useClient();
  const { preferences, change } = usePreferences();
  const [hearing, setHearing] = useState<Hearing>('listening');
  const user = useStore(client.session, (state) => state.user);
  const live = useLiveCall(room.id);
  // Enter joins, from the first moment on.
  const submit = useRef<HTMLButtonElement>(null);
  useEffect(() => submit.current?.focus(), []);
  const toggle = (kind: 'camera' | 'microphone') => change({ [kind]: !preferences[kind] });
  usePreJoinKeys(toggle);
  const secure = window.isSecureContext;
  const microphone = useCapture('audio', secure && preferences.microphone, preferences.microphoneId);
  const camera = useCapture('video', secure && preferences.camera, preferences.cameraId);
  const devices = useDeviceList(`${microphone.step} ${camera.step}`);
  const track = microphone.step === 'on' ? microphone.track : null;
  const join = (enter: 'chosen' | 'quiet') => joinCallIn(client, room.id, live?.type ?? 'video', { enter });
  return (
    <div className="fixed inset-0 z-30 overflow-y-auto bg-canvas">
      <main className="grid min-h-full content-center justify-center gap-x-14 gap-y-8 px-4 py-10 max-md:grid-cols-[minmax(0,640px)] sm:px-6 md:grid-cols-[minmax(0,760px)_minmax(300px,400px)]">
        <section aria-label={t('preview.region')} className="min-w-0">
          <Preview
            name={user?.name ?? ''}
            identity={user?.id ?? ''}
            camera={camera}
            microphone={microphone}
            cameraWanted={preferences.camera}
            microphoneWanted={preferences.microphone}
            onToggle={toggle}
          />
          <LevelMeter track={track} speakerId={preferences.speakerId} hearing={hearing} onHearing={setHearing} />
          <div className="mt-3 flex flex-col gap-2 empty:hidden">
            {!secure && <Banner tone="error">{t('join.insecure')}</Banner>}
            {microphone.step === 'failed' && secure && <Banner tone="warn">{phrase(microphone.why)}</Banner>}
            {camera.step === 'failed' && secure && <Banner tone="warn">{phrase(camera.why)}</Banner>}
            {track && hearing === 'silence' && <Banner tone="warn">{t('preview.silence')}</Banner>}
          </div>
        </section>
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
          <DevicePickers devices={devices} />
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
