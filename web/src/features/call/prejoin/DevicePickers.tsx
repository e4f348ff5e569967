import { ChevronDown, Mic, Video, Volume2, type LucideIcon } from 'lucide-react';
import { useId } from 'react';
import { useI18n } from '@/shared/i18n';
import { Check } from '@/shared/ui/Check';
import { canSegment } from '../blur/canSegment';
import { usePreferences } from '../devices/preferences';
import { canChooseSpeaker, type DeviceList } from '../devices/useDeviceList';
import { pickerOf } from './openPicker';

interface RowProps {
  kind: 'microphone' | 'camera' | 'speaker';
  icon: LucideIcon;
  devices: readonly MediaDeviceInfo[];
  value: string;
  onChange: (id: string) => void;
}

function Row({ kind, icon: Icon, devices, value, onChange }: RowProps) {
  const { t } = useI18n();
  const id = useId();
  // A favourite that is not plugged in now stays chosen, but the system's choice is what works meanwhile.
  const chosen = devices.some((device) => device.deviceId === value) ? value : '';
  return (
    <div className="relative flex min-h-13.5 items-center gap-3 py-1.5 ps-3 pe-3.5 not-first:border-t not-first:border-line-soft focus-within:outline-2 focus-within:-outline-offset-2 focus-within:outline-accent first:rounded-t-xl last:rounded-b-xl">
      <span className="grid size-8 flex-none place-items-center rounded-lg bg-active text-text-2">
        <Icon size={18} aria-hidden="true" />
      </span>
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className="block text-12 text-text-3">
          {t(`device.${kind}`)}
        </label>
        <select
          id={id}
          {...pickerOf(kind)}
          value={chosen}
          onChange={(event) => onChange(event.target.value)}
          className="absolute inset-0 size-full appearance-none truncate rounded-[inherit] bg-transparent ps-14 pe-9 pt-5 text-14 font-medium outline-none"
        >
          <option value="" className="bg-raised text-text">
            {devices.length === 0 ? t('device.none') : t('device.default')}
          </option>
          {devices.map((device, index) => (
            <option key={device.deviceId} value={device.deviceId} className="bg-raised text-text">
              {device.label || t('device.unnamed', { n: index + 1 })}
            </option>
          ))}
        </select>
        <span aria-hidden="true" className="block h-5" />
      </div>
      <ChevronDown size={16} aria-hidden="true" className="pointer-events-none flex-none text-text-3" />
    </div>
  );
}

export function DevicePickers({ devices }: { devices: DeviceList }) {
  const { t } = useI18n();
  const { preferences, change } = usePreferences();
  return (
    <>
      <div className="rounded-xl bg-sheet shadow-1 ring ring-line">
        <Row
          kind="microphone"
          icon={Mic}
          devices={devices.audioinput}
          value={preferences.microphoneId}
          onChange={(microphoneId) => change({ microphoneId })}
        />
        <Row
          kind="camera"
          icon={Video}
          devices={devices.videoinput}
          value={preferences.cameraId}
          onChange={(cameraId) => change({ cameraId })}
        />
        {canChooseSpeaker() && (
          <Row
            kind="speaker"
            icon={Volume2}
            devices={devices.audiooutput}
            value={preferences.speakerId}
            onChange={(speakerId) => change({ speakerId })}
          />
        )}
      </div>
      {canSegment() && (
        <Check checked={preferences.blur} onChange={(blur) => change({ blur })}>
          {t('device.blur')}
        </Check>
      )}
    </>
  );
}
