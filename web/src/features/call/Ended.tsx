import { useEffect, useRef } from 'react';
import { TopBar } from '@/app/TopBar';
import { useI18n } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { Flag } from '@/shared/ui/Flag';
import type { EndCause } from './session/types';

interface Props {
  room: string;
  cause: EndCause;
  onRejoin: () => void;
  onAnother: () => void;
}

/** After the call: what ended it, and the way on. */
export function Ended({ room, cause, onRejoin, onAnother }: Props) {
  const { t } = useI18n();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const left = cause === 'left';
  return (
    <div className="flex min-h-dvh flex-col">
      <TopBar />
      <main className="flex flex-1 flex-col items-center justify-center gap-4 px-4 pb-16 text-center">
        <Flag room={room} size={56} />
        <h1 ref={title} tabIndex={-1} className="text-26 font-semibold tracking-[-0.018em] outline-none">
          {t(left ? 'ended.left' : 'ended.title')}
        </h1>
        <p className="max-w-md text-15 text-text-2" role={left ? undefined : 'alert'}>
          {t(left ? 'ended.leftMore' : `ended.${cause}`)}
        </p>
        <p className="max-w-full truncate text-13 text-text-3">
          <bdi>{room}</bdi>
        </p>
        <div className="mt-2 flex flex-wrap justify-center gap-2">
          {cause !== 'roomClosed' && (
            <Button look="primary" onClick={onRejoin}>
              {t('ended.rejoin')}
            </Button>
          )}
          <Button onClick={onAnother}>{t('ended.another')}</Button>
        </div>
      </main>
    </div>
  );
}
