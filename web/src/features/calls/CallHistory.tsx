import { Phone, PhoneMissed, Video } from 'lucide-react';
import { useEffect } from 'react';
import { useClient } from '@/app/client';
import { roomPath } from '@/app/router';
import type { Call } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { dayText, timeText } from '@/shared/lib/time';
import { useStore } from '@/shared/state/store';
import { AvatarStack } from '@/shared/ui/Avatar';
import { Button } from '@/shared/ui/Button';
import { Flag } from '@/shared/ui/Flag';
import { IconButton } from '@/shared/ui/IconButton';
import { Link } from '@/shared/ui/Link';
import { dayOf } from '@/features/messages/rows';
import { roomTitle } from '@/features/rooms/actions';
import { joinCallIn, loadHistory } from './actions';
import { clock } from './clock';

/** Missed by me: it rang here and nobody answered here. */
export const missedBy = (call: Call, me: string): boolean =>
  call.missed ?? (call.participants.some(({ userId, status }) => userId === me && status === 'missed') && call.initiatorId !== me);

function Row({ call }: { call: Call }) {
  const { t, language } = useI18n();
  const client = useClient();
  const me = useStore(client.session, (state) => state.user?.id ?? '');
  const room = useStore(client.rooms, (state) => state.byId[call.roomId]);
  const missed = missedBy(call, me);
  const people = call.participants
    .filter(({ status }) => status === 'joined' || status === 'left')
    .map(({ userId, name }) => ({ id: userId, name: name ?? '' }));
  const by = call.participants.find(({ userId }) => userId === call.initiatorId)?.name;
  const going = call.status === 'active' || call.status === 'ringing';
  const Icon = missed ? PhoneMissed : call.type === 'video' ? Video : Phone;
  const length = going ? t('history.now') : missed ? t('history.missed') : call.duration > 0 ? clock(Math.round(call.duration)) : t(`history.${call.status === 'declined' ? 'declined' : 'unanswered'}`);
  return (
    <li className={`flex min-h-14 items-center gap-3 px-5 py-2 max-sm:px-3.5 ${missed ? 'bg-signal-soft' : 'hover:bg-hover'}`}>
      <Icon size={18} strokeWidth={1.75} aria-hidden="true" className={`flex-none ${missed ? 'text-signal-text' : 'text-text-3'}`} />
      {room && <Flag room={room.id} spec={room.flag} size={28} />}
      <span className="min-w-0 flex-1">
        <Link to={roomPath(call.roomId)} className={`block truncate font-semibold ${missed ? 'text-signal-text' : ''}`}>
          <bdi>{room ? roomTitle(client, room) : t('history.goneRoom')}</bdi>
        </Link>
        <span className="block truncate text-12 text-text-2">
          {by && <bdi>{t('history.by', { name: by })}</bdi>} · <span className="tabular-nums">{timeText(call.startedAt, language)}</span> ·{' '}
          <span className="tabular-nums">{length}</span>
        </span>
      </span>
      <AvatarStack people={people.slice(0, 4)} size={24} more={Math.max(0, people.length - 4)} />
      {room && (
        <IconButton
          label={going ? t('call.join') : t('history.callBack', { room: roomTitle(client, room) })}
          icon={call.type === 'video' ? Video : Phone}
          onClick={() => joinCallIn(client, call.roomId, call.type)}
        />
      )}
    </li>
  );
}

/** Calls of all rooms, newest first, by day. */
export function CallHistory() {
  const { t, language } = useI18n();
  const client = useClient();
  const history = useStore(client.calls, (state) => state.history);
  const more = useStore(client.calls, (state) => state.nextCursor !== null);
  useEffect(() => {
    void loadHistory(client, false);
    client.calls.dispatch({ type: 'missedSeen' });
  }, [client]);
  const days = Map.groupBy(history ?? [], (call) => dayOf(call.startedAt));
  return (
    <main className="sheet flex-1">
      <header className="sheet-head">
        <h1 className="flex-1 max-sm:ps-3">{t('side.calls')}</h1>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto pb-4">
        {[...days].map(([day, calls]) => (
          <section key={day} aria-label={dayText(calls[0]?.startedAt ?? '', language)}>
            <h2 className="day">{dayText(calls[0]?.startedAt ?? '', language)}</h2>
            <ul role="list">
              {calls.map((call) => (
                <Row key={call.id} call={call} />
              ))}
            </ul>
          </section>
        ))}
        {history?.length === 0 && <p className="p-10 text-center text-14 text-text-3">{t('history.none')}</p>}
        {more && (
          <p className="p-3 text-center">
            <Button look="soft" size="m" onClick={() => void loadHistory(client, true)}>
              {t('app.more')}
            </Button>
          </p>
        )}
      </div>
    </main>
  );
}
