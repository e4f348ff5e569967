import { memo } from 'react';
import { useClient } from '@/app/client';
import type { Message } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { momentText, timeText } from '@/shared/lib/time';
import { useStore } from '@/shared/state/store';
import { AvatarStack } from '@/shared/ui/Avatar';
import { dayOf } from './rows';
import { useRoomUi } from './RoomUi';

const isToday = (iso: string): boolean => dayOf(iso) === dayOf(new Date().toISOString());

/** How much was answered below a message, and the way there. */
export const ThreadSummary = memo(function ThreadSummary({ message }: { message: Message }) {
  const { t, language } = useI18n();
  const client = useClient();
  const ui = useRoomUi();
  const thread = useStore(client.messages, (state) => state.threads[message.id]);
  const unread = useStore(client.inbox, (state) => state.items.some((item) => item.kind === 'thread' && !item.read && item.message?.threadId === message.id));
  const replies = Math.max(message.replyCount ?? 0, thread?.items.filter(({ id }) => id !== message.id).length ?? 0);
  if (replies === 0) return null;
  const faces = [
    ...new Map(
      (thread?.items ?? [])
        .filter(({ id }) => id !== message.id)
        .flatMap(({ sender }) => (sender ? [[sender.id, { id: sender.id, name: sender.name }] as const] : [])),
    ).values(),
  ];
  return (
    <button
      type="button"
      className="thread-summary"
      aria-expanded={ui.shownThread === message.id}
      onClick={() => ui.openThread(message)}
    >
      {faces.length > 0 && <AvatarStack people={faces.slice(0, 3)} size={20} />}
      <span className={faces.length > 0 ? '' : 'ps-1.5'}>{t('thread.replies', { n: replies })}</span>
      {unread && <span role="img" aria-label={t('message.newOnes')} className="size-2 flex-none rounded-full bg-signal" />}
      {message.lastReplyAt && <span className="when">{t('thread.last', { time: isToday(message.lastReplyAt) ? timeText(message.lastReplyAt, language) : momentText(message.lastReplyAt, language) })}</span>}
    </button>
  );
});
