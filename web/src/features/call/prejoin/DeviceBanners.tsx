import { Lock, Mic, Video } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useI18n, type Phrase } from '@/shared/i18n';
import { Banner } from '@/shared/ui/Banner';
import type { CaptureState } from '../devices/useCapture';
import type { Hearing } from './level';

type Kind = 'microphone' | 'camera';

function Act({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" onClick={onClick} className="-my-1 flex-none rounded-lg px-2 py-1 font-semibold text-accent hover:underline pointer-coarse:min-h-11">
      {children}
    </button>
  );
}

/** An address bar as most browsers draw it: where the lock is, and what stands behind it. */
function WhereToAllow({ kind }: { kind: Kind }) {
  const { t } = useI18n();
  const Icon = kind === 'microphone' ? Mic : Video;
  return (
    <figure className="mt-2.5" aria-label={t('device.whereLabel')}>
      <div aria-hidden="true" dir="ltr" className="flex items-center gap-2 rounded-full bg-sheet py-1 ps-1.5 pe-3 ring ring-line">
        <span className="grid size-6 place-items-center rounded-full ring-2 ring-signal">
          <Lock size={14} />
        </span>
        <span className="min-w-0 truncate text-text-2">{window.location.host}</span>
      </div>
      <div aria-hidden="true" className="mt-1.5 ms-3 flex w-fit items-center gap-3 rounded-lg bg-sheet px-3 py-2 ring ring-line">
        <Icon size={15} />
        <span>{t(kind === 'microphone' ? 'device.microphone' : 'device.camera')}</span>
        <span className="rounded-full bg-accent px-2.5 py-0.5 text-12 font-semibold text-on-accent">{t('device.whereAllow')}</span>
      </div>
      <figcaption className="mt-1.5 text-text-2">{t('device.where')}</figcaption>
    </figure>
  );
}

interface FailedProps {
  kind: Kind;
  capture: CaptureState;
  onAnother: (kind: Kind) => void;
  onSoundOnly?: () => void;
}

function Failed({ kind, capture, onAnother, onSoundOnly }: FailedProps) {
  const { t, phrase } = useI18n();
  const [where, setWhere] = useState(false);
  if (capture.step !== 'failed') return null;
  const { trouble, why } = capture;
  const waits: Record<Kind, Phrase> = { microphone: { key: 'device.micWaits' }, camera: { key: 'device.cameraWaits' } };
  const act = {
    blocked: <Act onClick={() => setWhere(!where)}>{t('device.showWhere')}</Act>,
    none: kind === 'camera' && onSoundOnly ? <Act onClick={onSoundOnly}>{t('device.joinWithSound')}</Act> : null,
    busy: <Act onClick={() => onAnother(kind)}>{t('device.another')}</Act>,
    failed: <Act onClick={() => onAnother(kind)}>{t('device.another')}</Act>,
  }[trouble];
  return (
    <Banner tone="warn" action={act}>
      {phrase(trouble === 'busy' ? waits[kind] : why)}
      {where && trouble === 'blocked' && <WhereToAllow kind={kind} />}
    </Banner>
  );
}

interface Props {
  secure: boolean;
  microphone: CaptureState;
  camera?: CaptureState;
  hearing: Hearing;
  echo: boolean;
  /** Leads to the list of devices of that kind. */
  onAnother: (kind: Kind) => void;
  onSoundOnly?: () => void;
}

/** What keeps me from being seen or heard well, each with its way out. */
export function DeviceBanners({ secure, microphone, camera, hearing, echo, onAnother, onSoundOnly }: Props) {
  const { t } = useI18n();
  const heard = microphone.step === 'on';
  return (
    <div className="mt-3 flex flex-col gap-2 empty:hidden">
      {!secure && <Banner tone="error">{t('join.insecure')}</Banner>}
      {secure && <Failed kind="microphone" capture={microphone} onAnother={onAnother} />}
      {secure && camera && <Failed kind="camera" capture={camera} onAnother={onAnother} onSoundOnly={onSoundOnly} />}
      {heard && hearing === 'silence' && (
        <Banner tone="warn" action={<Act onClick={() => onAnother('microphone')}>{t('device.another')}</Act>}>
          {t('preview.silence')}
        </Banner>
      )}
      {heard && echo && <Banner tone="warn">{t('preview.echo')}</Banner>}
    </div>
  );
}
