import { Phone } from 'lucide-react';
import { canShare } from '@/features/share/capture/canShare';
import { ShareScreenButton } from '@/features/share/capture/ShareScreenButton';
import { useI18n } from '@/shared/i18n';
import { useMedia } from '@/shared/lib/useMedia';
import { useRoving } from '@/shared/lib/useRoving';
import { findMe, useCall, useSession, useView } from '../session/CallContext';
import { useRoomCall } from '../session/RoomCallContext';
import { InviteKey } from './InviteKey';
import { DeviceMenu } from './DeviceMenu';
import { EndKeys } from './EndKeys';
import { LeaveKey } from './LeaveKey';
import { aloneKey, phoneKey, wideKey } from './looks';
import { HandKey, MenuKey, Toggle } from './MediaKeys';
import { MoreMenu } from './MoreMenu';
import { ReactBar, ReactKey, useReactionKeys } from './ReactKey';

/** Width of the panel with the gap beside it, px. */
const PANEL = 392;

function PhoneBar({ container }: { container: HTMLElement | null }) {
  const { t } = useI18n();
  const session = useSession();
  const roomCall = useRoomCall();
  const roving = useRoving();
  return (
    <div
      role="toolbar"
      tabIndex={-1}
      aria-label={t('controls.toolbar')}
      {...roving}
      className="grid flex-none auto-cols-fr grid-flow-col gap-2 px-3 pt-2 pb-[calc(0.875rem+env(safe-area-inset-bottom))]"
    >
      <Toggle kind="microphone" phone className={phoneKey} />
      <Toggle kind="camera" phone className={phoneKey} />
      {!roomCall && canShare() && <Toggle kind="screen" phone className={phoneKey} />}
      <HandKey phone className={phoneKey} />
      <MoreMenu container={container} phone withInvite withReact withLayout />
      <button type="button" onClick={() => (roomCall ? roomCall.leave() : session.leave())} className={`${phoneKey} bg-leave text-white`}>
        <Phone size={22} aria-hidden="true" className="rotate-135" />
        <span className="max-w-full truncate">{t('controls.leave')}</span>
      </button>
    </div>
  );
}

/** The keys of the call. What does not fit the width moves into More; nothing is lost. */
export function CallControls({ container }: { container: HTMLElement | null }) {
  const { t } = useI18n();
  const me = findMe(useCall().people);
  const phone = useMedia('(max-width: 599px)');
  // A panel beside the stage leaves the keys less; over the stage it hides some of them, and closes.
  const { panel } = useView();
  const beside = useMedia('(min-width: 1200px)') && panel !== null;
  const taken = beside ? PANEL : 0;
  const narrow = useMedia(`(max-width: ${899 + taken}px)`);
  const slim = useMedia(`(max-width: ${1099 + taken}px)`);
  const roving = useRoving();
  useReactionKeys();
  if (phone) {
    return (
      <>
        <ReactBar />
        <PhoneBar container={container} />
      </>
    );
  }

  const split = 'inline-flex h-12 items-stretch overflow-hidden rounded-xl';
  return (
    <div
      className={`grid min-h-18 flex-none items-center ${narrow ? 'gap-1 px-2' : 'gap-4 px-4'} ${slim ? 'grid-cols-[auto_1fr]' : 'grid-cols-[1fr_auto_1fr]'}`}
    >
      {!slim && (
        <div className="flex">
          <InviteKey />
        </div>
      )}
      <div
        role="toolbar"
        tabIndex={-1}
        aria-label={t('controls.toolbar')}
        {...roving}
        className={`flex items-center ${narrow ? 'gap-1.5' : 'gap-2'}`}
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
        {canShare() && <ShareScreenButton container={container} />}
        <HandKey phone={false} className={aloneKey} />
        {narrow ? <ReactBar /> : <ReactKey container={container} />}
        <MoreMenu container={container} phone={false} withInvite={slim} withReact={narrow} withLayout={narrow} />
        <LeaveKey container={container} near={narrow} />
      </div>
      <EndKeys container={container} words={!slim} layout={!narrow} />
    </div>
  );
}
