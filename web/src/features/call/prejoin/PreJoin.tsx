import { TopBar } from '@/app/TopBar';
import { useI18n } from '@/shared/i18n';
import { Flag } from '@/shared/ui/Flag';
import { usePreferences } from '../devices/preferences';
import { identityFor } from '../session/identity';
import { DevicePickers } from './DevicePickers';
import { JoinForm, type JoinWish } from './JoinForm';
import { LookAndSound, useSetup } from './LookAndSound';

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
  const { t } = useI18n();
  const { preferences, change } = usePreferences();
  const { name } = preferences;
  const setup = useSetup();

  return (
    <div className="flex min-h-dvh flex-col">
      <TopBar />
      <main className="grid flex-1 content-center justify-center gap-x-14 gap-y-8 px-4 pb-10 max-md:grid-cols-[minmax(0,640px)] sm:px-6 md:grid-cols-[minmax(0,760px)_minmax(300px,400px)]">
        <LookAndSound setup={setup} name={name} identity={identityFor(name)} onSoundOnly={() => change({ camera: false })} />
        <div className="min-w-0 self-center">
          <div className="mb-6 flex items-center gap-4">
            <Flag room={room.trim() || 'parley'} size={56} />
            <h1 className="min-w-0 truncate text-26 font-semibold tracking-[-0.018em]" dir="auto">
              {room.trim() ? <bdi>{room.trim()}</bdi> : t('join.title')}
            </h1>
          </div>
          <JoinForm {...props} name={name} onName={(value) => change({ name: value })}>
            <DevicePickers devices={setup.devices} />
          </JoinForm>
        </div>
      </main>
    </div>
  );
}
