import { useState } from 'react';
import { TopBar } from '@/app/TopBar';
import { useI18n } from '@/shared/i18n';
import { Banner } from '@/shared/ui/Banner';
import { Flag } from '@/shared/ui/Flag';
import { usePreferences } from '../devices/preferences';
import { useCapture } from '../devices/useCapture';
import { useDeviceList } from '../devices/useDeviceList';
import { identityFor } from '../session/identity';
import { DevicePickers } from './DevicePickers';
import { JoinForm, type JoinWish } from './JoinForm';
import type { Hearing } from './level';
import { LevelMeter } from './LevelMeter';
import { Preview } from './Preview';
import { usePreJoinKeys } from './usePreJoinKeys';

interface Props {
  room: string;
  onRoom: (room: string) => void;
  needsToken: boolean;
  linkToken: boolean;
  joining: boolean;
  failure: string | null;
  onJoin: (wish: JoinWish) => void;
  onCancel: () => void;
  onNear: () => void;
}

/** Before the call: who I am, where I go, how I look and sound. Joining never waits for camera or microphone. */
export function PreJoin(props: Props) {
  const { room } = props;
  const { t, phrase } = useI18n();
  const { preferences, change } = usePreferences();
  const { name } = preferences;
  const [hearing, setHearing] = useState<Hearing>('listening');
  const toggle = (kind: 'camera' | 'microphone') => change({ [kind]: !preferences[kind] });
  usePreJoinKeys(toggle);
  const secure = window.isSecureContext;
  const microphone = useCapture('audio', secure && preferences.microphone, preferences.microphoneId);
  const camera = useCapture('video', secure && preferences.camera, preferences.cameraId);
  const devices = useDeviceList(`${microphone.step} ${camera.step}`);
  const track = microphone.step === 'on' ? microphone.track : null;

  return (
    <div className="flex min-h-dvh flex-col">
      <TopBar />
      <main className="grid flex-1 content-center justify-center gap-x-14 gap-y-8 px-4 pb-10 max-md:grid-cols-[minmax(0,640px)] sm:px-6 md:grid-cols-[minmax(0,760px)_minmax(300px,400px)]">
        <section aria-label={t('preview.region')} className="min-w-0">
          <Preview
            name={name}
            identity={identityFor(name)}
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
        <div className="min-w-0 self-center">
          <div className="mb-6 flex items-center gap-4">
            <Flag room={room.trim() || 'parley'} size={56} />
            <h1 className="min-w-0 truncate text-26 font-semibold tracking-[-0.018em]" dir="auto">
              {room.trim() ? <bdi>{room.trim()}</bdi> : t('join.title')}
            </h1>
          </div>
          <JoinForm {...props} name={name} onName={(value) => change({ name: value })}>
            <DevicePickers devices={devices} />
          </JoinForm>
        </div>
      </main>
    </div>
  );
}
