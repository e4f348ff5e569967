import { Mic, MicOff, Video, VideoOff } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useI18n } from '@/shared/i18n';
import { Avatar } from '@/shared/ui/Avatar';
import { useBlurred } from '../blur/useBlurred';
import { usePreferences } from '../devices/preferences';
import type { CaptureState } from '../devices/useCapture';

interface ToggleProps {
  label: string;
  pressed: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Toggle({ label, pressed, onClick, children }: ToggleProps) {
  const look = pressed ? 'bg-[rgb(8_16_18/82%)] text-white' : 'bg-stage-off-bg text-stage-off';
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      onClick={onClick}
      className={`grid h-12 w-14 place-items-center rounded-xl ${look}`}
    >
      {children}
    </button>
  );
}

interface Props {
  name: string;
  identity: string;
  camera: CaptureState;
  microphone: CaptureState;
  cameraWanted: boolean;
  microphoneWanted: boolean;
  onToggle: (kind: 'camera' | 'microphone') => void;
}

/** My own picture before the call, as in a mirror. */
export function Preview({ name, identity, camera, microphone, cameraWanted, microphoneWanted, onToggle }: Props) {
  const { t } = useI18n();
  const video = useRef<HTMLVideoElement>(null);
  const track = useBlurred(camera.step === 'on' ? camera.track : null, usePreferences().preferences.blur);
  useEffect(() => {
    if (video.current) video.current.srcObject = track ? new MediaStream([track]) : null;
  }, [track]);
  const asking = camera.step === 'asking' || microphone.step === 'asking';

  return (
    <div className="on-stage relative aspect-[16/10] overflow-hidden rounded-2xl bg-stage-tile text-stage-text max-sm:aspect-[4/3]" data-theme="dark">
      {track ? (
        <>
          <video ref={video} autoPlay playsInline muted className="size-full -scale-x-100 object-cover" />
          <span className="absolute start-3.5 top-3.5 max-w-[calc(100%-1.75rem)] rounded-[7px] bg-plate px-2 py-1 text-12 font-semibold">
            {t('preview.mirrored')}
          </span>
        </>
      ) : (
        <div className="flex size-full flex-col items-center justify-center gap-3 p-4 pb-20 text-center">
          <Avatar id={identity} name={name} size={88} />
          <span className="text-13 text-stage-text-2">{t(asking ? 'preview.asking' : camera.step === 'on' ? 'more.blurStarting' : 'preview.cameraOff')}</span>
        </div>
      )}
      <div className="absolute inset-x-0 bottom-4 flex justify-center gap-2">
        <Toggle label={t('device.microphone')} pressed={microphoneWanted} onClick={() => onToggle('microphone')}>
          {microphoneWanted ? <Mic size={21} aria-hidden="true" /> : <MicOff size={21} aria-hidden="true" />}
        </Toggle>
        <Toggle label={t('device.camera')} pressed={cameraWanted} onClick={() => onToggle('camera')}>
          {cameraWanted ? <Video size={21} aria-hidden="true" /> : <VideoOff size={21} aria-hidden="true" />}
        </Toggle>
      </div>
    </div>
  );
}
