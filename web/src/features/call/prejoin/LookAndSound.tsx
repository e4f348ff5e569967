import { useState } from 'react';
import { useI18n } from '@/shared/i18n';
import { openPicker } from './openPicker';
import { usePreferences } from '../devices/preferences';
import { useCapture } from '../devices/useCapture';
import { useDeviceList, type DeviceList } from '../devices/useDeviceList';
import { DeviceBanners } from './DeviceBanners';
import type { Hearing } from './level';
import { LevelMeter } from './LevelMeter';
import { Preview } from './Preview';
import { usePreJoinKeys } from './usePreJoinKeys';

/** Camera and microphone before a call, open as long as they are wanted; M and V turn them. */
export function useSetup() {
  const { preferences, change } = usePreferences();
  const toggle = (kind: 'camera' | 'microphone') => change({ [kind]: !preferences[kind] });
  usePreJoinKeys(toggle);
  const secure = window.isSecureContext;
  const microphone = useCapture('audio', secure && preferences.microphone, preferences.microphoneId);
  const camera = useCapture('video', secure && preferences.camera, preferences.cameraId);
  const devices: DeviceList = useDeviceList(`${microphone.step} ${camera.step}`);
  return { secure, microphone, camera, devices, toggle };
}

interface Props {
  setup: ReturnType<typeof useSetup>;
  name: string;
  identity: string;
  onSoundOnly: () => void;
}

/** How I look and sound to the others, and what is wrong with it. */
export function LookAndSound({ setup: { secure, microphone, camera, toggle }, name, identity, onSoundOnly }: Props) {
  const { t } = useI18n();
  const { preferences } = usePreferences();
  const [hearing, setHearing] = useState<Hearing>('listening');
  const [echo, setEcho] = useState(false);
  return (
    <section aria-label={t('preview.region')} className="min-w-0">
      <Preview
        name={name}
        identity={identity}
        camera={camera}
        microphone={microphone}
        cameraWanted={preferences.camera}
        microphoneWanted={preferences.microphone}
        onToggle={toggle}
      />
      <LevelMeter
        track={microphone.step === 'on' ? microphone.track : null}
        speakerId={preferences.speakerId}
        hearing={hearing}
        onHearing={setHearing}
        onEcho={setEcho}
      />
      <DeviceBanners
        secure={secure}
        microphone={microphone}
        camera={camera}
        hearing={hearing}
        echo={echo}
        onAnother={openPicker}
        onSoundOnly={onSoundOnly}
      />
    </section>
  );
}
