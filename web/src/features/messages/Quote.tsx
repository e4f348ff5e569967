import { CornerUpLeft } from 'lucide-react';
import { messagePath, navigate } from '@/app/router';
import type { Id } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useQuoted } from './quoted';

/** The message that one answers, in a line; leads to it. */
export function Quote({ roomId, id }: { roomId: Id; id: Id }) {
  const { t } = useI18n();
  const message = useQuoted(roomId, id);
  const words = message?.content.replace(/\s+/g, ' ').slice(0, 160);
  const text = words === '' ? message?.files[0]?.name : words;
  return (
    <button type="button" className="quote" onClick={() => navigate(messagePath(roomId, id))}>
      <CornerUpLeft size={13} aria-hidden="true" className="flex-none rtl:-scale-x-100" />
      {message && <bdi className="flex-none font-semibold">{message.sender?.name}</bdi>}
      <span className="truncate" dir="auto">
        {message ? (text ?? t(message.sealed === 'locked' ? 'e2ee.locked' : 'message.deleted')) : t('message.quoted')}
      </span>
    </button>
  );
}
