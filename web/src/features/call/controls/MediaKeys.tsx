import { ChevronUp, Hand, Mic, MicOff, ScreenShare, ScreenShareOff, Video, VideoOff, type LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes } from 'react';
import type { ActId } from '@/features/palette/bindings';
import { useTip } from '@/features/palette/useKeys';
import { useI18n, type MessageKey } from '@/shared/i18n';
import { findMe, useCall, useSession, useView } from '../session/CallContext';
import { useRoomCall } from '../session/RoomCallContext';
import type { MediaKind } from '../session/types';
import { litFace, offFace, plainFace, releaseFocus } from './looks';

interface Look {
  readonly label: MessageKey & `controls.${string}`;
  readonly short: MessageKey & `controls.${string}`;
  readonly tips: readonly [on: MessageKey & `controls.${string}`, off: MessageKey & `controls.${string}`];
  readonly icons: readonly [on: LucideIcon, off: LucideIcon];
  readonly keys: ActId;
}

const looks: Readonly<Record<MediaKind, Look>> = {
  microphone: {
    label: 'controls.microphone',
    short: 'controls.micShort',
    tips: ['controls.mute', 'controls.unmute'],
    icons: [Mic, MicOff],
    keys: 'stageMicrophone',
  },
  camera: {
    label: 'controls.camera',
    short: 'controls.cameraShort',
    tips: ['controls.cameraStop', 'controls.cameraStart'],
    icons: [Video, VideoOff],
    keys: 'stageCamera',
  },
  screen: {
    label: 'controls.share',
    short: 'controls.shareShort',
    tips: ['controls.shareStop', 'controls.shareStart'],
    icons: [ScreenShareOff, ScreenShare],
    keys: 'share',
  },
};

/** Colours of a key: off is a dark red face for my own devices, a running share is lit. */
function face(kind: MediaKind, on: boolean): string {
  if (kind === 'screen') return on ? litFace : plainFace;
  return on ? plainFace : offFace;
}

export function Toggle({ kind, phone, className }: { kind: MediaKind; phone: boolean; className: string }) {
  const { t } = useI18n();
  const session = useSession();
  const { people, rights } = useCall();
  const me = findMe(people);
  const on = kind === 'microphone' ? (me?.microphone ?? false) : Boolean(kind === 'camera' ? me?.camera : me?.screen);
  const { label, short, tips, icons, keys } = looks[kind];
  const tip = useTip();
  const { hideMe } = useView();
  const Icon = on ? icons[0] : icons[1];
  // It can be pressed all the same: the call then says why not.
  const barred = !on && !rights[kind];
  return (
    <button
      type="button"
      aria-label={t(label)}
      aria-pressed={on}
      aria-disabled={barred || undefined}
      title={barred ? t(`rights.${kind}`) : tip(t(kind === 'camera' && on && hideMe ? 'controls.cameraHidden' : on ? tips[0] : tips[1]), keys)}
      onClick={(event) => {
        releaseFocus(event);
        session.toggle(kind);
      }}
      className={`${className} ${face(kind, on)} ${barred ? 'opacity-50' : ''}`}
    >
      <Icon size={phone ? 22 : 21} aria-hidden="true" />
      {phone && <span className="max-w-full truncate">{t(short)}</span>}
    </button>
  );
}

/** A raised hand waits for whoever leads the talk: amber, because it needs them. Only where there is a room around. */
export function HandKey({ phone, className }: { phone: boolean; className: string }) {
  const { t } = useI18n();
  const roomCall = useRoomCall();
  const tip = useTip();
  if (!roomCall) return null;
  const { raised, toggleHand } = roomCall;
  return (
    <button
      type="button"
      aria-label={t('controls.hand')}
      aria-pressed={raised}
      title={tip(t(raised ? 'controls.handLower' : 'controls.handRaise'), 'hand')}
      onClick={(event) => {
        releaseFocus(event);
        toggleHand();
      }}
      className={`${className} ${raised ? 'bg-signal text-on-signal' : plainFace}`}
    >
      <Hand size={phone ? 22 : 21} aria-hidden="true" />
      {phone && <span className="max-w-full truncate">{t('controls.handShort')}</span>}
    </button>
  );
}

export function MenuKey({ label, off, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { label: string; off: boolean }) {
  return (
    <button
      {...rest}
      type="button"
      aria-label={label}
      className={`grid w-7 place-items-center border-s pointer-coarse:w-11 ${off ? `border-stage-off-line ${offFace}` : 'border-stage-line bg-stage-raised text-stage-text-2 hover:bg-stage-hover'}`}
    >
      <ChevronUp size={16} aria-hidden="true" />
    </button>
  );
}
