import { Mic, MicOff, Phone, Video, VideoOff } from 'lucide-react';
import { useEffect } from 'react';
import { useI18n } from '@/shared/i18n';
import { Avatar } from '@/shared/ui/Avatar';
import { findMe, useCall, useSession } from '../session/CallContext';
import { useRoomCall } from '../session/RoomCallContext';
import { VideoView } from '../stage/Tile';
import { whoMatters } from './whoMatters';

const key = 'grid size-10 place-items-center rounded-lg';

/** The call in a window of its own: who matters now, and three keys. */
export function PipView() {
  const { t } = useI18n();
  const { people } = useCall();
  const session = useSession();
  const roomCall = useRoomCall();
  const me = findMe(people);
  const shown = whoMatters(people);
  const picture = shown?.screen ?? shown?.camera ?? null;
  const identity = shown?.identity;
  useEffect(() => {
    if (identity) session.watchAlso(identity);
    return () => session.watchAlso(null);
  }, [session, identity]);
  return (
    <div data-theme="dark" className="on-stage fixed inset-0 flex flex-col bg-stage text-stage-text">
      <div className="relative min-h-0 flex-1 bg-stage-tile">
        {shown && (
          <div className="absolute inset-0 grid place-items-center">
            <Avatar id={shown.identity} name={shown.name} size={72} />
          </div>
        )}
        {picture && shown && (
          <VideoView
            key={picture.id}
            picture={picture}
            mirrored={shown.mirrored && picture === shown.camera}
            fit={shown.screen ? 'contain' : 'cover'}
          />
        )}
        <span className="absolute start-2 bottom-2 max-w-[calc(100%-1rem)] truncate rounded-[7px] bg-plate px-2 py-1 text-12 font-semibold text-white">
          <bdi>{shown?.me ? t('call.you') : shown?.name}</bdi>
        </span>
      </div>
      <div className="flex justify-center gap-2 p-2">
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
