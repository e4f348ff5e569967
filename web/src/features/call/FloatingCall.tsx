import { Maximize2, Mic, MicOff, Phone, Video, VideoOff } from 'lucide-react';
import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { useI18n } from '@/shared/i18n';
import { useCallKeys } from './controls/useCallKeys';
import { NoticeBanner } from './Notices';
import { SmallStage, useWhoMatters } from './pip/SmallStage';
import { findMe, useCall, useSession } from './session/CallContext';
import { useRoomCall } from './session/RoomCallContext';
import { useIdentities } from './useIdentities';

interface Corner {
  readonly end: boolean;
  readonly bottom: boolean;
}

/** Drags the window; let go, it slides to the nearest corner. */
function useCorner() {
  const [corner, setCorner] = useState<Corner>({ end: true, bottom: true });
  const [moved, setMoved] = useState<{ x: number; y: number } | null>(null);
  const from = useRef<{ x: number; y: number } | null>(null);
  const put = (x: number, y: number) => {
    const rightHalf = x > window.innerWidth / 2;
    setCorner({ end: rightHalf === (document.documentElement.dir !== 'rtl'), bottom: y > window.innerHeight / 2 });
  };
  return {
    corner,
    moved,
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.target instanceof Element && event.target.closest('button')) return;
      from.current = { x: event.clientX, y: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      if (from.current) setMoved({ x: event.clientX - from.current.x, y: event.clientY - from.current.y });
    },
    onPointerUp: (event: PointerEvent) => {
      if (!from.current) return;
      from.current = null;
      setMoved(null);
      put(event.clientX, event.clientY);
    },
    onArrow: (key: string) => {
      const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
      if (key === 'ArrowUp' || key === 'ArrowDown') setCorner((old) => ({ ...old, bottom: key === 'ArrowDown' }));
      else setCorner((old) => ({ ...old, end: key === forward }));
    },
  };
}

const key = 'grid size-9 place-items-center rounded-lg pointer-coarse:size-11';

/** The call in a small window while one is elsewhere: who speaks, and the keys one needs. */
export function FloatingCall() {
  const { t, phrase } = useI18n();
  const { room, people, notices, status } = useCall();
  const session = useSession();
  const roomCall = useRoomCall();
  const place = useCorner();
  const { corner, moved } = place;
  const me = findMe(people);
  const shown = useWhoMatters();
  const identity = shown?.identity;
  const here = useIdentities(people);
  useEffect(() => session.watch(identity ? [identity] : [], here), [session, identity, here]);
  useCallKeys(false);
  // What the call has to say is said here, too, one thing at a time.
  const notice = notices.at(-1);
  const side = corner.end ? 'end-6' : 'start-6';
  return (
    <>
      {notice && !moved && (
        <div data-theme="dark" className={`on-stage fixed z-30 w-75 ${side} ${corner.bottom ? 'bottom-79' : 'top-57'}`}>
          <NoticeBanner notice={notice} />
        </div>
      )}
      <div
        role="region"
        data-theme="dark"
        aria-label={t('call.region', { room })}
        className={`on-stage fixed z-30 flex h-49 w-75 touch-none flex-col overflow-hidden rounded-xl bg-stage text-stage-text shadow-3 ${side} ${corner.bottom ? 'bottom-28' : 'top-6'}`}
        style={moved ? { transform: `translate(${moved.x}px, ${moved.y}px)` } : undefined}
        onPointerDown={place.onPointerDown}
        onPointerMove={place.onPointerMove}
        onPointerUp={place.onPointerUp}
      >
        <p role="status" className="sr-only">
          {status && phrase(status)}
        </p>
        <SmallStage shown={shown} face={64} />
        <div
          role="toolbar"
          tabIndex={-1}
          aria-label={t('controls.toolbar')}
          className="flex items-center gap-1 px-2 py-1.5"
          onKeyDown={(event) => {
            if (!event.key.startsWith('Arrow')) return;
            event.preventDefault();
            place.onArrow(event.key);
          }}
        >
          <button type="button" aria-label={t('controls.microphone')} aria-pressed={me?.microphone ?? false} className={`${key} ${me?.microphone ? 'bg-stage-raised' : 'bg-stage-off-bg text-stage-off'}`} onClick={() => session.toggle('microphone')}>
            {me?.microphone ? <Mic size={18} aria-hidden="true" /> : <MicOff size={18} aria-hidden="true" />}
          </button>
          <button type="button" aria-label={t('controls.camera')} aria-pressed={Boolean(me?.camera)} className={`${key} ${me?.camera ? 'bg-stage-raised' : 'bg-stage-off-bg text-stage-off'}`} onClick={() => session.toggle('camera')}>
            {me?.camera ? <Video size={18} aria-hidden="true" /> : <VideoOff size={18} aria-hidden="true" />}
          </button>
          <button type="button" className="min-w-0 flex-1 truncate px-1 text-start text-12 font-semibold text-stage-text-2" onClick={roomCall?.open}>
            <bdi>{room}</bdi>
          </button>
          <button type="button" aria-label={t('call.open')} title={t('call.open')} className={`${key} bg-stage-raised`} onClick={roomCall?.open}>
            <Maximize2 size={17} aria-hidden="true" />
          </button>
          <button type="button" aria-label={t('controls.leave')} title={t('controls.leave')} className={`${key} bg-leave text-white`} onClick={() => (roomCall ? roomCall.leave() : session.leave())}>
            <Phone size={17} aria-hidden="true" className="rotate-135" />
          </button>
        </div>
      </div>
    </>
  );
}
