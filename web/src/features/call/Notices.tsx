import { useEffect } from 'react';
import { useI18n } from '@/shared/i18n';
import { InviteKey } from './controls/InviteKey';
import { Banner } from '@/shared/ui/Banner';
import { Button } from '@/shared/ui/Button';
import { useCall, useSession } from './session/CallContext';
import { noticeActs } from './session/noticeActs';
import type { Notice } from './session/types';

const BRIEF_MS = 6000;

export function NoticeBanner({ notice }: { notice: Notice }) {
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
  const done = () => {
    act?.run(session);
    store.dispatch({ type: 'handled', notice });
  };
  const action = act && (
    <Button look={notice.action === 'startAudio' ? 'primary' : 'outline'} size="m" onClick={done}>
      {phrase({ key: act.label })}
    </Button>
  );
  return (
    <Banner tone={notice.tone} action={action} onDismiss={() => store.dispatch({ type: 'dismiss', id })}>
      {phrase(notice.text)}
    </Banner>
  );
}

/** What the call has to say, over the stage: the line first, then each cause with its way out. */
export function Notices() {
  const { t } = useI18n();
  const { phase, people, notices } = useCall();
  const alone = people.length === 1 && phase === 'connected' && notices.length === 0;
  return (
    <>
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
      {alone && (
        <p className="pointer-events-none absolute inset-x-0 top-3 flex justify-center">
          <span className="pointer-events-auto flex items-center gap-3 rounded-xl bg-plate py-1.5 ps-3 pe-1.5 text-13 font-semibold">
            {t('call.alone')}
            <InviteKey />
          </span>
        </p>
      )}
    </>
  );
}
