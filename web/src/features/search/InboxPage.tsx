import { PhoneMissed } from 'lucide-react';
import { useClient } from '@/app/client';
import { roomPath } from '@/app/router';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Avatar } from '@/shared/ui/Avatar';
import { Flag } from '@/shared/ui/Flag';
import { Link } from '@/shared/ui/Link';
import { partnerOf, roomTitle } from '@/features/rooms/actions';

/** What waits for me alone: mentions, direct messages, missed calls. */
export function InboxPage() {
  const { t } = useI18n();
  const client = useClient();
  const me = useStore(client.session, (state) => state.user?.id ?? '');
  const state = useStore(client.rooms, (rooms) => rooms);
  const missed = useStore(client.calls, (calls) => calls.missed);
  const waiting = Object.values(state.byId).flatMap((room) => {
    const counts = state.unread[room.id];
    const n = room.type === 'direct' ? (counts?.messages ?? 0) : (counts?.mentions ?? 0);
    return n > 0 ? [{ room, n }] : [];
  });
  return (
    <main className="sheet flex-1">
      <header className="sheet-head">
        <h1 className="flex-1 max-sm:ps-3">{t('side.inbox')}</h1>
      </header>
      <ul role="list" className="min-h-0 flex-1 overflow-y-auto p-2">
        {missed > 0 && (
          <li>
            <Link to="/calls" className="flex min-h-14 items-center gap-3 rounded-lg bg-signal-soft px-3 font-semibold text-signal-text">
              <PhoneMissed size={20} aria-hidden="true" />
              {t('side.missed', { n: missed })}
            </Link>
          </li>
        )}
        {waiting.map(({ room, n }) => {
          const title = roomTitle(client, room);
          const partner = partnerOf(room, state.members[room.id], me);
          return (
            <li key={room.id}>
              <Link to={roomPath(room.id)} className="flex min-h-14 items-center gap-3 rounded-lg px-3 hover:bg-hover">
                {partner ? <Avatar id={partner.userId} name={title} size={28} url={partner.avatarUrl} /> : <Flag room={room.id} spec={room.flag} size={28} />}
                <bdi className="min-w-0 flex-1 truncate font-semibold">{title}</bdi>
                <span className="text-13 text-text-2">{room.type === 'direct' ? t('side.unread', { n }) : t('side.mentions', { n })}</span>
                <span className="badge badge-signal" aria-hidden="true">
                  {n}
                </span>
              </Link>
            </li>
          );
        })}
        {waiting.length === 0 && missed === 0 && <li className="p-10 text-center text-14 text-text-3">{t('inbox.none')}</li>}
      </ul>
    </main>
  );
}
