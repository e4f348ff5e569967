import { useState } from 'react';
import { useI18n } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { DeviceBanners } from '../prejoin/DeviceBanners';
import { DevicePickers } from '../prejoin/DevicePickers';
import type { Hearing } from '../prejoin/level';
import { LevelMeter } from '../prejoin/LevelMeter';
import { NetworkCheck } from '../prejoin/NetworkCheck';
import { openPicker } from '../prejoin/openPicker';
import { usePreferences } from './preferences';
import { useCapture } from './useCapture';
import { useDeviceList } from './useDeviceList';

/** Devices outside of any call: which to use, whether we hear them, and what stands between here and a call. */
export function DeviceCheck({ eventsPath }: { eventsPath: string }) {
  const { t } = useI18n();
  const { preferences } = usePreferences();
  // Nobody is listened to for having opened the settings.
  const [listening, setListening] = useState(false);
  const [hearing, setHearing] = useState<Hearing>('listening');
  const [echo, setEcho] = useState(false);
  const secure = window.isSecureContext;
  const microphone = useCapture('audio', secure && listening, preferences.microphoneId);
  const devices = useDeviceList(microphone.step);
  const track = microphone.step === 'on' ? microphone.track : null;
  return (
    <div className="flex flex-col gap-5">
      <DevicePickers devices={devices} />
      <section aria-label={t('device.check')}>
        <Button look="outline" size="m" disabled={!secure} aria-pressed={listening} onClick={() => setListening(!listening)}>
          {t(listening ? 'device.checkEnd' : 'device.check')}
        </Button>
        <LevelMeter track={track} speakerId={preferences.speakerId} hearing={hearing} onHearing={setHearing} onEcho={setEcho} />
        <DeviceBanners secure={secure} microphone={microphone} hearing={hearing} echo={echo} onAnother={openPicker} />
      </section>
      <NetworkCheck eventsPath={eventsPath} />
    </div>
  );
}
