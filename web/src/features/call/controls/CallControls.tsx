import { ChevronUp, Ellipsis, Hand, Link, Mic, MicOff, Phone, ScreenShare, ScreenShareOff, Users, Video, VideoOff, type LucideIcon } from 'lucide-react';
import { useState, type ButtonHTMLAttributes, type KeyboardEvent, type MouseEvent } from 'react';
import { useI18n, type MessageKey } from '@/shared/i18n';
import { useMedia } from '@/shared/lib/useMedia';
import { findMe, useCall, useSession } from '../session/CallContext';
import { useRoomCall } from '../session/RoomCallContext';
import type { MediaKind } from '../session/types';
import { DeviceMenu } from './DeviceMenu';

interface Look {
  readonly label: MessageKey & `controls.${string}`;
  readonly short: MessageKey & `controls.${string}`;
  readonly tips: readonly [on: MessageKey & `controls.${string}`, off: MessageKey & `controls.${string}`];
  readonly icons: readonly [on: LucideIcon, off: LucideIcon];
}

const looks: Readonly<Record<MediaKind, Look>> = {
  microphone: {
    label: 'controls.microphone',
    short: 'controls.micShort',
    tips: ['controls.mute', 'controls.unmute'],
    icons: [Mic, MicOff],
  },
  camera: {
    label: 'controls.camera',
    short: 'controls.cameraShort',
    tips: ['controls.cameraStop', 'controls.cameraStart'],
    icons: [Video, VideoOff],
  },
  screen: {
    label: 'controls.share',
    short: 'controls.shareShort',
    tips: ['controls.shareStop', 'controls.shareStart'],
    icons: [ScreenShareOff, ScreenShare],
  },
};

/** Colours of a key: off is a dark red face for my own devices, a running share is lit. */
function face(kind: MediaKind, on: boolean): string {
  if (kind === 'screen') return on ? 'bg-stage-text text-stage' : 'bg-stage-raised text-stage-text hover:bg-stage-hover';
  return on ? 'bg-stage-raised text-stage-text hover:bg-stage-hover' : 'bg-stage-off-bg text-stage-off';
}

/** After a click the focus goes back to the stage, so that Space talks; after a key press it stays. */
function releaseFocus(event: MouseEvent<HTMLButtonElement>) {
  if (event.detail > 0) event.currentTarget.blur();
}

const wideKey = 'grid w-13 place-items-center transition-colors duration-(--d1)';
const phoneKey = 'flex min-h-18 min-w-0 flex-col items-center justify-center gap-1.5 rounded-2xl px-0.5 text-11 font-semibold';

function Toggle({ kind, phone, className }: { kind: MediaKind; phone: boolean; className: string }) {
  const { t } = useI18n();
  const session = useSession();
  const me = findMe(useCall().people);
  const on = kind === 'microphone' ? (me?.microphone ?? false) : Boolean(kind === 'camera' ? me?.camera : me?.screen);
  const { label, short, tips, icons } = looks[kind];
  const Icon = on ? icons[0] : icons[1];
  return (
    <button
      type="button"
      aria-label={t(label)}
      aria-pressed={on}
      title={t(on ? tips[0] : tips[1])}
      onClick={(event) => {
        releaseFocus(event);
        session.toggle(kind);
      }}
      className={`${className} ${face(kind, on)}`}
    >
      <Icon size={phone ? 22 : 21} aria-hidden="true" />
      {phone && <span className="max-w-full truncate">{t(short)}</span>}
    </button>
  );
}

/** A raised hand waits for whoever leads the talk: amber, because it needs them. Only where there is a room around. */
function HandKey({ phone, className }: { phone: boolean; className: string }) {
  const { t } = useI18n();
  const roomCall = useRoomCall();
  if (!roomCall) return null;
  const { raised, toggleHand } = roomCall;
  return (
    <button
      type="button"
      aria-label={t('controls.hand')}
      aria-pressed={raised}
      title={t(raised ? 'controls.handLower' : 'controls.handRaise')}
      onClick={(event) => {
        releaseFocus(event);
        toggleHand();
      }}
      className={`${className} ${raised ? 'bg-signal text-on-signal' : 'bg-stage-raised text-stage-text hover:bg-stage-hover'}`}
    >
      <Hand size={phone ? 22 : 21} aria-hidden="true" />
      {phone && <span className="max-w-full truncate">{t('controls.handShort')}</span>}
    </button>
  );
}

function MenuKey({ label, off, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { label: string; off: boolean }) {
  return (
    <button
      {...rest}
      type="button"
      aria-label={label}
      className={`grid w-7 place-items-center border-s pointer-coarse:w-11 ${off ? 'border-stage-off-line bg-stage-off-bg text-stage-off' : 'border-stage-line bg-stage-raised text-stage-text-2 hover:bg-stage-hover'}`}
    >
      <ChevronUp size={16} aria-hidden="true" />
    </button>
  );
}

/** Arrows walk the keys of the bar, as in every toolbar. */
function walk(event: KeyboardEvent<HTMLDivElement>) {
  const keys = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const at = keys.findIndex((key) => key === event.target);
  const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  const back = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
  const steps: Readonly<Record<string, number>> = { [forward]: at + 1, [back]: at - 1, Home: 0, End: -1 };
  const to = steps[event.key];
  if (at < 0 || to === undefined) return;
  event.preventDefault();
  keys.at(to % keys.length)?.focus();
}

function CopyLink() {
  const { t } = useI18n();
  const session = useSession();
  const [copied, setCopied] = useState(false);
  const copy = () => {
    // Without the fragment: it may hold my own token.
    const link = window.location.origin + window.location.pathname;
    const fail = () =>
      session.store.dispatch({
        type: 'notice',
        notice: { id: 'link', tone: 'warn', text: { key: 'call.inviteFailed', parameters: { link } } },
      });
    const { clipboard } = navigator as { clipboard?: Clipboard };
    if (!clipboard) {
      fail();
      return;
    }
    clipboard.writeText(link).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    }, fail);
  };
  return (
    <button
      type="button"
      onClick={(event) => {
        releaseFocus(event);
        copy();
      }}
      className="flex min-h-9 items-center gap-2 rounded-lg px-2.5 text-13 font-semibold text-stage-text-2 hover:bg-stage-raised hover:text-stage-text pointer-coarse:min-h-11"
    >
      <Link size={17} aria-hidden="true" />
      <span aria-live="polite">{t(copied ? 'call.inviteCopied' : 'call.invite')}</span>
    </button>
  );
}

const canShare = (): boolean => 'getDisplayMedia' in ((navigator as { mediaDevices?: MediaDevices }).mediaDevices ?? {});

export function CallControls({ container }: { container: HTMLElement | null }) {
  const { t } = useI18n();
  const session = useSession();
  const { people } = useCall();
  const me = findMe(people);
  const phone = useMedia('(max-width: 599px)');
  const roomCall = useRoomCall();
  const leave = () => (roomCall ? roomCall.leave() : session.leave());

  if (phone) {
    return (
      <div
        role="toolbar"
        tabIndex={-1}
        aria-label={t('controls.toolbar')}
        onKeyDown={walk}
        className="grid flex-none auto-cols-fr grid-flow-col gap-2 px-3 pt-2 pb-[calc(0.875rem+env(safe-area-inset-bottom))]"
      >
        <Toggle kind="microphone" phone className={phoneKey} />
        <Toggle kind="camera" phone className={phoneKey} />
        {canShare() && <Toggle kind="screen" phone className={phoneKey} />}
        <HandKey phone className={phoneKey} />
        <DeviceMenu of={['microphoneId', 'cameraId', 'speakerId']} container={container}>
          <button type="button" className={`${phoneKey} bg-stage-raised text-stage-text`}>
            <Ellipsis size={22} aria-hidden="true" />
            <span className="max-w-full truncate">{t('controls.more')}</span>
          </button>
        </DeviceMenu>
        <button type="button" onClick={leave} className={`${phoneKey} bg-leave text-white`}>
          <Phone size={22} aria-hidden="true" className="rotate-135" />
          <span className="max-w-full truncate">{t('controls.leave')}</span>
        </button>
      </div>
    );
  }

  const split = 'inline-flex h-12 items-stretch overflow-hidden rounded-xl';
  return (
    <div className="grid min-h-18 flex-none grid-cols-[1fr_auto_1fr] items-center gap-4 px-4 max-md:grid-cols-[auto_1fr]">
      <div className="flex max-md:hidden">
        <CopyLink />
      </div>
      <div
        role="toolbar"
        tabIndex={-1}
        aria-label={t('controls.toolbar')}
        onKeyDown={walk}
        className="flex items-center gap-2 max-md:order-first"
      >
        <span className={split}>
          <Toggle kind="microphone" phone={false} className={wideKey} />
          <DeviceMenu of={['microphoneId', 'speakerId']} container={container}>
            <MenuKey label={t('controls.sound')} off={!me?.microphone} />
          </DeviceMenu>
        </span>
        <span className={split}>
          <Toggle kind="camera" phone={false} className={wideKey} />
          <DeviceMenu of={['cameraId']} container={container}>
            <MenuKey label={t('controls.video')} off={!me?.camera} />
          </DeviceMenu>
        </span>
        {canShare() && <Toggle kind="screen" phone={false} className={`${wideKey} h-12 rounded-xl`} />}
        <HandKey phone={false} className={`${wideKey} h-12 rounded-xl`} />
        <button
          type="button"
          onClick={leave}
          className="ms-3 flex h-12 items-center gap-2 rounded-xl bg-leave px-4.5 text-14 font-semibold text-white transition-colors duration-(--d1) hover:bg-leave-hover"
        >
          <Phone size={18} aria-hidden="true" className="rotate-135" />
          {t('controls.leave')}
        </button>
      </div>
      <div className="flex items-center justify-end gap-2 text-13 font-semibold text-stage-text-2">
        <Users size={17} aria-hidden="true" />
        <span className="tabular-nums">{t('call.people', { n: people.length })}</span>
      </div>
    </div>
  );
}
