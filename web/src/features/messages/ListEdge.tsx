import type { ReactNode } from 'react';
import { useClient } from '@/app/client';
import { useI18n } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { loadMore, loadNewest } from './actions';
import type { Where } from './messagesReducer';
import type { Edge } from './rows';

export function Skeletons({ count }: { count: number }) {
  const { t } = useI18n();
  return (
    <div role="status" aria-label={t('app.loading')}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="msg pointer-events-none" data-lead="true" aria-hidden="true">
          <span className="skeleton size-9 rounded-full!" />
          <span className="flex flex-col gap-2 pt-1">
            <span className="skeleton h-3 w-32" />
            <span className="skeleton h-3" style={{ inlineSize: `${[72, 54, 86][index % 3] ?? 60}%` }} />
          </span>
        </div>
      ))}
    </div>
  );
}

interface Props {
  edge: Edge;
  where: Where;
  /** Stands before the first message, where history begins. */
  start?: ReactNode;
}

/** Where what is loaded ends: more is on its way, there is no more, or it did not come. */
export function ListEdge({ edge, where, start }: Props) {
  const { t } = useI18n();
  const client = useClient();
  const line = (text: string, act: string, onClick: () => void) => (
    <p className="flex items-center justify-center gap-2 p-3 text-13 text-text-2">
      {text}
      <Button look="soft" size="s" onClick={onClick}>
        {act}
      </Button>
    </p>
  );
  switch (edge) {
    case 'loading':
      return <Skeletons count={3} />;
    case 'start':
      return start ?? <div className="h-4" />;
    case 'failed':
      return line(t('message.olderFailed'), t('message.retry'), () => void loadMore(client, where, 'older'));
    case 'newerFailed':
      return line(t('message.newerFailed'), t('message.retry'), () => void loadMore(client, where, 'newer'));
    case 'gap':
      return line(t('message.gap'), t('message.load'), () => void loadNewest(client, where));
  }
}
