import { ChevronLeft, Maximize, ShieldCheck } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useI18n } from '@/shared/i18n';
import { Banner } from '@/shared/ui/Banner';
import { Button } from '@/shared/ui/Button';
import { Flag } from '@/shared/ui/Flag';
import { CallControls } from './controls/CallControls';
import { canFullScreen, toggleFullScreen } from './controls/fullScreen';
import { useCallKeys } from './controls/useCallKeys';
import { CallPanel } from './panel/CallPanel';
import { PipProvider } from './pip/PipContext';
import { useCall, useSession, useView } from './session/CallContext';
import { useRoomCall } from './session/RoomCallContext';
import { noticeActs } from './session/noticeActs';
import type { Notice } from './session/types';
import { Stage } from './stage/Stage';

const BRIEF_MS = 6000;

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

function NoticeBanner({ notice }: { notice: Notice }) {
  const { phrase } = useI18n();
  const session = useSession();
  const { store } = session;
  const { id, brief } = notice;
  useEffect(() => {
    if (!brief) return;
    const timer = setTimeout(() => store.dispatch({ type: 'dismiss', id }), BRIEF_MS);
    return () => clearTimeout(timer);
  }, [store, id, brief]);
  const act = notice.action && noticeActs[notice.action];
  const action = act && (
    <Button look={notice.action === 'startAudio' ? 'primary' : 'outline'} size="m" onClick={() => act.run(session)}>
      {phrase({ key: act.label })}
    </Button>
  );
  return (
    <Banner tone={notice.tone} action={action} onDismiss={() => store.dispatch({ type: 'dismiss', id })}>
      {phrase(notice.text)}
    </Banner>
  );
}

/** The call itself: always dark, whatever the look of the page. */
export function CallScreen() {
  const { t, phrase } = useI18n();
  const { room, since, phase, people, notices, status } = useCall();
  // A state, not a ref: menus are put into it and must be drawn again once it is there.
  const [frame, setFrame] = useState<HTMLDivElement | null>(null);
  const main = useRef<HTMLElement>(null);
  const roomCall = useRoomCall();
  const { panel } = useView();
  const shownPanel = panel === 'chat' && !roomCall ? null : panel;
  useCallKeys(true);
  useEffect(() => main.current?.focus(), []);

  return (
    <PipProvider>
    <div className="call-page">
    <div
      ref={setFrame}
      data-theme="dark"
      className="on-stage relative flex min-w-0 flex-1 flex-col overflow-hidden bg-stage text-stage-text"
    >
      <header className="flex min-h-13 flex-none items-center gap-2.5 px-4 max-sm:px-3">
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
        <Flag room={roomCall?.flag.id ?? room} spec={roomCall?.flag.spec} size={24} />
        <h1 className="min-w-0 truncate text-15 font-semibold">
          <bdi>{room}</bdi>
        </h1>
        <Duration since={since} />
        {roomCall?.encrypted && (
          <span role="img" aria-label={t('e2ee.call')} title={t('e2ee.call')} className="grid flex-none place-items-center text-stage-text-2">
            <ShieldCheck size={17} aria-hidden="true" />
          </span>
        )}
        <span className="text-13 text-stage-text-2 tabular-nums sm:hidden">{t('call.people', { n: people.length })}</span>
        <span className="flex-1" />
        {canFullScreen() && (
          <button
            type="button"
            aria-label={t('call.fullScreen')}
            title={`${t('call.fullScreen')} (F)`}
            onClick={toggleFullScreen}
            className="grid size-9 flex-none place-items-center rounded-lg text-stage-text-2 hover:bg-stage-raised hover:text-stage-text pointer-coarse:size-11"
          >
            <Maximize size={18} aria-hidden="true" />
          </button>
        )}
      </header>
      <main
        ref={main}
        tabIndex={-1}
        aria-label={t('call.region', { room })}
        className="flex min-h-0 flex-1 flex-col"
      >
        <div className="relative min-h-0 flex-1 px-4 pt-0.5 max-sm:px-1.5">
        <Stage container={frame} />
        <div className="pointer-events-none absolute inset-x-0 top-3 z-20 flex justify-center px-4">
          <div className="pointer-events-auto flex w-full max-w-xl flex-col gap-2">
            {phase === 'reconnecting' && (
              <div className="relative overflow-hidden rounded-xl">
                <Banner tone="warn">{t('notice.reconnecting')}</Banner>
                <div className="away-bar" aria-hidden="true">
                  <i />
                </div>
              </div>
            )}
            {notices.map((notice) => (
              <NoticeBanner key={notice.id} notice={notice} />
            ))}
          </div>
        </div>
        {people.length === 1 && phase === 'connected' && notices.length === 0 && (
          <p className="pointer-events-none absolute inset-x-0 top-3 flex justify-center">
            <span className="rounded-[7px] bg-plate px-3 py-1.5 text-13 font-semibold">{t('call.alone')}</span>
          </p>
        )}
        </div>
        <CallControls container={frame} />
      </main>
      <p role="status" className="sr-only">
        {status && phrase(status)}
      </p>
    </div>
    {shownPanel && <CallPanel shown={shownPanel} />}
    </div>
    </PipProvider>
  );
}
