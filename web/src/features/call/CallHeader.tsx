import { Captions, ChevronLeft, Maximize, MessageSquare, PictureInPicture2, ShieldCheck, SwitchCamera, type LucideIcon } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTip } from '@/features/palette/useKeys';
import { useI18n } from '@/shared/i18n';
import { useKept } from '@/shared/state/kept';
import { useMedia } from '@/shared/lib/useMedia';
import { Flag } from '@/shared/ui/Flag';
import { captionsOn, toggleCaptions } from './captions/captions';
import { canFullScreen, toggleFullScreen } from './controls/fullScreen';
import { releaseFocus } from './controls/looks';
import { useDeviceList } from './devices/useDeviceList';
import { canPip, usePip } from './pip/PipContext';
import { findMe, useCall, useSession } from './session/CallContext';
import { useRoomCall } from './session/RoomCallContext';

function clock(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

function Duration({ since }: { since: number }) {
  const { t } = useI18n();
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const time = clock(Math.max(0, Math.floor((now - since) / 1000)));
  return (
    <span className="text-stage-text-2 tabular-nums" role="timer" aria-label={t('call.duration', { time })}>
      <bdi dir="ltr">{time}</bdi>
    </span>
  );
}

interface KeyProps {
  label: string;
  tip?: string;
  icon: LucideIcon;
  pressed?: boolean;
  onClick: () => void;
  children?: ReactNode;
}

function HeadKey({ label, tip, icon: Icon, pressed, onClick, children }: KeyProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={tip ?? label}
      aria-pressed={pressed}
      onClick={(event) => {
        releaseFocus(event);
        onClick();
      }}
      className="relative grid size-9 flex-none place-items-center rounded-lg text-stage-text-2 hover:bg-stage-raised hover:text-stage-text aria-pressed:bg-stage-raised aria-pressed:text-stage-text pointer-coarse:size-11"
    >
      <Icon size={19} aria-hidden="true" />
      {children}
    </button>
  );
}

/** On a phone: the other camera, and the messages, which have no room in the bar. */
function PhoneKeys() {
  const { t } = useI18n();
  const session = useSession();
  const roomCall = useRoomCall();
  const me = findMe(useCall().people);
  const cameras = useDeviceList(Boolean(me?.camera)).videoinput.length;
  return (
    <>
      {me?.camera && cameras > 1 && <HeadKey label={t('more.flip')} icon={SwitchCamera} onClick={() => session.devices.flip()} />}
      {roomCall && (
        <HeadKey label={t('stage.chat')} icon={MessageSquare} onClick={() => session.view.dispatch({ type: 'togglePanel', panel: 'chat' })}>
          {roomCall.unread > 0 && <span className="badge badge-signal absolute end-0 top-0">{roomCall.unread}</span>}
        </HeadKey>
      )}
    </>
  );
}

/** Where one is, for how long, and the ways to see it differently. */
export function CallHeader() {
  const { t } = useI18n();
  const { room, since, people, recording } = useCall();
  const roomCall = useRoomCall();
  const pip = usePip();
  const phone = useMedia('(max-width: 599px)');
  const captions = useKept(captionsOn);
  const tip = useTip();
  return (
    <header className="flex min-h-13 flex-none items-center gap-2.5 px-4 max-sm:min-h-14 max-sm:px-3">
      {roomCall && (
        <button
          type="button"
          aria-label={t('call.back')}
          title={t('call.back')}
          onClick={roomCall.back}
          className="-ms-2 grid size-9 flex-none place-items-center rounded-lg text-stage-text-2 hover:bg-stage-raised hover:text-stage-text pointer-coarse:size-11"
        >
          <ChevronLeft size={20} aria-hidden="true" className="rtl:-scale-x-100" />
        </button>
      )}
      <Flag room={roomCall?.flag.id ?? room} spec={roomCall?.flag.spec} size={phone ? 28 : 24} />
      <div className="flex min-w-0 items-center gap-2.5 max-sm:flex-1 max-sm:flex-col max-sm:items-start max-sm:gap-0">
        <h1 className="max-w-full min-w-0 truncate text-15 font-semibold">
          <bdi>{room}</bdi>
        </h1>
        <span className="flex flex-none items-center gap-2 text-13 text-stage-text-2">
          <Duration since={since} />
          {phone && <span className="tabular-nums">· {t('call.people', { n: people.length })}</span>}
          {recording && (
            <span className="flex items-center gap-1.5 rounded-full bg-stage-off-bg px-2 py-0.5 text-12 font-semibold text-stage-off">
              <span aria-hidden="true" className="size-2 rounded-full bg-current" />
              {t('recording.sign')}
            </span>
          )}
          {roomCall?.encrypted && (
            <span role="img" aria-label={t('e2ee.call')} title={t('e2ee.call')} className="grid flex-none place-items-center">
              <ShieldCheck size={17} aria-hidden="true" />
            </span>
          )}
        </span>
      </div>
      <span className="flex-1 max-sm:hidden" />
      {phone ? (
        <PhoneKeys />
      ) : (
        <>
          <HeadKey label={t('captions.title')} tip={tip(t('captions.title'), 'captions')} pressed={captions} icon={Captions} onClick={toggleCaptions} />
          {canPip() && <HeadKey label={t('more.pip')} icon={PictureInPicture2} onClick={pip.open} />}
          {canFullScreen() && (
            <HeadKey label={t('call.fullScreen')} tip={tip(t('call.fullScreen'), 'fullScreen')} icon={Maximize} onClick={toggleFullScreen} />
          )}
        </>
      )}
    </header>
  );
}
