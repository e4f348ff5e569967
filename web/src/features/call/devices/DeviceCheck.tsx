import { useState } from 'react';
import { useI18n } from '@/shared/i18n';
import { Banner } from '@/shared/ui/Banner';
import { Button } from '@/shared/ui/Button';
import { DevicePickers } from '../prejoin/DevicePickers';
import type { Hearing } from '../prejoin/level';
import { LevelMeter } from '../prejoin/LevelMeter';
import { NetworkCheck } from '../prejoin/NetworkCheck';
import { usePreferences } from './preferences';
import { useCapture } from './useCapture';
import { useDeviceList } from './useDeviceList';

/** Devices outside of any call: which to use, whether we hear them, and what stands between here and a call. */
export function DeviceCheck({ eventsPath }: { eventsPath: string }) {
  const { t, phrase } = useI18n();
  const { preferences } = usePreferences();
  // Nobody is listened to for having opened the settings.
  const [listening, setListening] = useState(false);
  const [hearing, setHearing] = useState<Hearing>('listening');
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
        <LevelMeter track={track} speakerId={preferences.speakerId} hearing={hearing} onHearing={setHearing} />
        <div className="mt-3 flex flex-col gap-2 empty:hidden">
          {!secure && <Banner tone="error">{t('join.insecure')}</Banner>}
          {microphone.step === 'failed' && secure && <Banner tone="warn">{phrase(microphone.why)}</Banner>}
          {track && hearing === 'silence' && <Banner tone="warn">{t('preview.silence')}</Banner>}
        </div>
      </section>
      <NetworkCheck eventsPath={eventsPath} />
    </div>
  );
}
