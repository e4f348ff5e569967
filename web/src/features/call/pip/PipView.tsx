import { Maximize2, Mic, MicOff, Phone, Video, VideoOff } from 'lucide-react';
import { useEffect } from 'react';
import { useI18n } from '@/shared/i18n';
import { findMe, useCall, useSession } from '../session/CallContext';
import { useRoomCall } from '../session/RoomCallContext';
import { SmallStage, useWhoMatters } from './SmallStage';

const key = 'grid size-10 place-items-center rounded-lg';

/** The call in a window of its own: who matters now, three keys, and the way back to the page of the call. */
export function PipView({ onBack }: { onBack: () => void }) {
  const { t } = useI18n();
  const { people } = useCall();
  const session = useSession();
  const roomCall = useRoomCall();
  const me = findMe(people);
  const shown = useWhoMatters();
  const identity = shown?.identity;
  useEffect(() => {
    if (identity) session.watchAlso(identity);
    return () => session.watchAlso(null);
  }, [session, identity]);
  return (
    <div data-theme="dark" className="on-stage fixed inset-0 flex flex-col bg-stage text-stage-text">
      <SmallStage shown={shown} face={72} />
      <div className="flex justify-center gap-2 p-2">
        <button type="button" onClick={onBack} className="flex h-10 min-w-0 items-center gap-2 rounded-lg bg-stage-raised px-3 text-13 font-semibold">
          <Maximize2 size={17} aria-hidden="true" className="flex-none" />
          <span className="truncate">{t('pip.back')}</span>
        </button>
        <button type="button" aria-label={t('controls.microphone')} aria-pressed={me?.microphone ?? false} className={`${key} ${me?.microphone ? 'bg-stage-raised' : 'bg-stage-off-bg text-stage-off'}`} onClick={() => session.toggle('microphone')}>
          {me?.microphone ? <Mic size={19} aria-hidden="true" /> : <MicOff size={19} aria-hidden="true" />}
        </button>
        <button type="button" aria-label={t('controls.camera')} aria-pressed={Boolean(me?.camera)} className={`${key} ${me?.camera ? 'bg-stage-raised' : 'bg-stage-off-bg text-stage-off'}`} onClick={() => session.toggle('camera')}>
          {me?.camera ? <Video size={19} aria-hidden="true" /> : <VideoOff size={19} aria-hidden="true" />}
        </button>
        <button type="button" aria-label={t('controls.leave')} className={`${key} bg-leave text-white`} onClick={() => (roomCall ? roomCall.leave() : session.leave())}>
          <Phone size={18} aria-hidden="true" className="rotate-135" />
        </button>
      </div>
    </div>
  );
}
