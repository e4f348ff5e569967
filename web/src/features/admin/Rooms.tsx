import { useCallback } from 'react';
import { useClient } from '@/app/client';
import { useI18n } from '@/shared/i18n';
import { dateText } from '@/shared/lib/time';
import { Button } from '@/shared/ui/Button';
import { Flag } from '@/shared/ui/Flag';
import { useList } from './useList';

/** All rooms with their size; what is said in them stays theirs. */
export function Rooms() {
  const { t, language } = useI18n();
  const client = useClient();
  const { items, more } = useList(useCallback((cursor: string | null) => client.api.adminRooms(cursor), [client]));
  return (
    <div className="flex flex-col gap-4">
      <ul role="list" aria-label={t('admin.rooms')} className="flex flex-col">
        {items?.map((room) => (
          <li key={room.id} className="flex min-h-14 items-center gap-3 rounded-lg px-2 hover:bg-hover">
            <Flag room={room.id} spec={room.flag} size={28} />
            <span className="min-w-0 flex-1">
              <bdi className="block truncate font-semibold">{room.name}</bdi>
              <span className="block truncate text-12 text-text-3">
                {t('room.members', { n: room.memberCount })} · {dateText(room.createdAt, language)}
              </span>
            </span>
            <span className="chip">{t(room.visibility === 'public' ? 'room.public' : 'room.private')}</span>
          </li>
        ))}
      </ul>
      {more && (
        <Button look="soft" size="m" className="self-center" onClick={more}>
          {t('app.more')}
        </Button>
      )}
    </div>
  );
}
