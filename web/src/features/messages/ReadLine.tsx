import { Check, CheckCheck } from 'lucide-react';
import { useState } from 'react';
import { useClient } from '@/app/client';
import type { Message } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';

/** Who of the others has read up to a message. */
function useReaders({ roomId, seq, senderId }: Message) {
  const client = useClient();
  const reads = useStore(client.rooms, (state) => state.reads[roomId]);
  const members = useStore(client.rooms, (state) => state.members[roomId]);
  const others = (members ?? []).filter(({ userId }) => userId !== senderId);
  return { others, readers: others.filter(({ userId }) => (reads?.[userId] ?? 0) >= seq) };
}

/** Below the last of my messages: how many have read it; pressed, it says who. */
export function ReadLine({ message }: { message: Message }) {
  const { t, language } = useI18n();
  const client = useClient();
  const { others, readers } = useReaders(message);
  const [named, setNamed] = useState(false);
  const direct = useStore(client.rooms, (state) => state.byId[message.roomId]?.type === 'direct');
  if (readers.length === 0) {
    return direct ? (
      <p className="state-line">
        <Check size={13} aria-hidden="true" />
        {t('read.sent')}
      </p>
    ) : null;
  }
  const all = readers.length === others.length;
  const names = new Intl.ListFormat(language, { type: 'conjunction' }).format(readers.map(({ name }) => name));
  return (
    <button type="button" className="state-line min-h-6 text-start pointer-coarse:min-h-11" title={names} aria-expanded={named} onClick={() => setNamed(!named)}>
      <CheckCheck size={14} aria-hidden="true" className="flex-none" />
      <span className="min-w-0">
        {direct ? t('read.direct') : all ? t('read.all') : t('read.by', { n: readers.length })}
        {named && <bdi className="ms-1.5 text-text-3">{names}</bdi>}
      </span>
    </button>
  );
}
