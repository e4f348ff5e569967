import { ChevronDown, Phone, PhoneMissed, Video } from 'lucide-react';
import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { useOnline } from '@/app/OfflineBanner';
import { useClient } from '@/app/client';
import { roomPath } from '@/app/router';
import type { Call, CallParticipant } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { dayText, timeText } from '@/shared/lib/time';
import { useStore } from '@/shared/state/store';
import { Avatar, AvatarStack } from '@/shared/ui/Avatar';
import { Button } from '@/shared/ui/Button';
import { Flag } from '@/shared/ui/Flag';
import { IconButton } from '@/shared/ui/IconButton';
import { Link } from '@/shared/ui/Link';
import { dayOf } from '@/features/messages/rows';
import { roomTitle } from '@/features/rooms/actions';
import { joinCallIn, loadHistory } from './actions';
import { clock } from './clock';
import { filtered, goesOn, missedBy, outcomeOf, type HistoryFilter } from './history';
import { missedSeen } from './missedSeen';

function Person({ person }: { person: CallParticipant }) {
  const { t, language } = useI18n();
  const { userId, name, status, joinedAt, leftAt } = person;
  const when = joinedAt
    ? t('history.from', { from: timeText(joinedAt, language), to: leftAt ? timeText(leftAt, language) : '…' })
    : t(status === 'declined' ? 'history.declined' : status === 'missed' ? 'history.missed' : 'history.neverCame');
  return (
    <li className="flex min-h-9 items-center gap-2.5 text-13">
      <Avatar id={userId} name={name} size={24} />
      <bdi className="min-w-0 flex-1 truncate">{name}</bdi>
      <span className="flex-none text-12 text-text-3 tabular-nums">{when}</span>
    </li>
  );
}

function useTexts(call: Call) {
  const { t, language } = useI18n();
  const client = useClient();
  const me = useStore(client.session, (state) => state.user?.id ?? '');
  const room = useStore(client.rooms, (state) => state.byId[call.roomId]);
  const outcome = outcomeOf(call, me);
  return {
    room,
    title: room ? roomTitle(client, room) : t('history.goneRoom'),
    missed: missedBy(call, me),
    by: call.participants.find(({ userId }) => userId === call.initiatorId)?.name,
    time: timeText(call.startedAt, language),
    length: outcome === 'length' ? clock(Math.round(call.duration)) : t(`history.${outcome}`),
  };
}

/** One call: Enter shows who was there, Ctrl Enter calls back. */
function Row({ call }: { call: Call }) {
  const { t } = useI18n();
  const client = useClient();
  const { room, title, missed, by, time, length } = useTexts(call);
  const [open, setOpen] = useState(false);
  const details = useId();
  const came = call.participants.filter(({ status }) => status === 'joined' || status === 'left');
  const faces = came.slice(0, 4).map(({ userId, name }) => ({ id: userId, name }));
  const Icon = missed ? PhoneMissed : call.type === 'video' ? Video : Phone;
  const callBack = () => {
    if (room) joinCallIn(client, call.roomId, call.type);
  };
  return (
    <li className={`px-5 max-sm:px-3.5 ${missed ? 'bg-signal-soft' : 'hover:bg-hover'}`}>
      <div className="flex min-h-14 items-center gap-3 py-2">
        <Icon size={18} strokeWidth={1.75} aria-hidden="true" className={`flex-none ${missed ? 'text-signal-text' : 'text-text-3'}`} />
        {room && <Flag room={room.id} spec={room.flag} size={28} />}
        <span className="min-w-0 flex-1">
          <Link to={roomPath(call.roomId)} className={`block truncate font-semibold ${missed ? 'text-signal-text' : ''}`}>
            <bdi>{title}</bdi>
          </Link>
          <span className="block truncate text-12 text-text-2">
            {by && <bdi>{t('history.by', { name: by })}</bdi>}
            {by && ' · '}
            <span className="tabular-nums">{time}</span> · <span className="tabular-nums">{length}</span>
          </span>
        </span>
        <span className="max-sm:hidden">
          <AvatarStack people={faces} size={24} more={Math.max(0, came.length - faces.length)} />
        </span>
        <IconButton
          data-row=""
          label={t('history.details')}
          icon={ChevronDown}
          aria-expanded={open}
          aria-controls={details}
          onClick={() => setOpen(!open)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
            event.preventDefault();
            callBack();
          }}
        />
        {room && (
          <IconButton
            label={goesOn(call) ? t('call.join') : t('history.callBack', { room: title })}
            icon={call.type === 'video' ? Video : Phone}
            onClick={callBack}
          />
        )}
      </div>
      {open && (
        <ul id={details} role="list" aria-label={t('history.details')} className="appear ms-7.5 border-s border-line ps-4 pb-2">
          {call.participants.map((person) => (
            <Person key={person.userId} person={person} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Skeletons() {
  const { t } = useI18n();
  return (
    <div role="status" aria-label={t('app.loading')} className="px-5 pt-4">
      {[40, 56, 34, 48].map((width) => (
        <span key={width} aria-hidden="true" className="flex min-h-14 items-center gap-3">
          <span className="skeleton size-7" />
          <span className="skeleton h-3" style={{ inlineSize: `${width}%` }} />
        </span>
      ))}
    </div>
  );
}

/** Arrows go from call to call. */
function walk(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const here = rows.findIndex((row) => row.closest('li')?.contains(document.activeElement));
  const next = rows[here + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

function Filter({ value, onChange }: { value: HistoryFilter; onChange: (filter: HistoryFilter) => void }) {
  const { t } = useI18n();
  const choices = [
    ['all', t('history.all')],
    ['missed', t('history.onlyMissed')],
  ] as const;
  return (
    <div role="group" aria-label={t('history.filter')} className="seg">
      {choices.map(([name, label]) => (
        <button key={name} type="button" aria-pressed={value === name} onClick={() => onChange(name)}>
          {label}
        </button>
      ))}
    </div>
  );
}

/** Calls of all rooms, newest first, by day. */
export function CallHistory() {
  const { t, language } = useI18n();
  const client = useClient();
  const me = useStore(client.session, (state) => state.user?.id ?? '');
  const history = useStore(client.calls, (state) => state.history);
  const more = useStore(client.calls, (state) => state.nextCursor !== null);
  const [filter, setFilter] = useState<HistoryFilter>('all');
  const [loaded, setLoaded] = useState<boolean | null>(null);
  const online = useOnline();
  useEffect(() => {
    if (online) void loadHistory(client, false).then(setLoaded);
  }, [client, online]);
  const newest = useStore(client.inbox, (state) => state.items.find(({ kind }) => kind === 'missed-call')?.at);
  useEffect(() => {
    if (newest !== undefined && newest > missedSeen.get()) missedSeen.keep(newest);
  }, [newest]);
  const shown = filtered(history ?? [], filter, me);
  const days = Map.groupBy(shown, (call) => dayOf(call.startedAt));
  return (
    <main className="sheet flex-1">
      <header className="sheet-head">
        <h1 className="flex-1 max-sm:ps-3">{t('side.calls')}</h1>
        <Filter value={filter} onChange={setFilter} />
      </header>
      {/* Keys of the list work on whatever of it has the focus. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div className="min-h-0 flex-1 overflow-y-auto pb-4" onKeyDown={walk}>
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
        {!history && (loaded === false || !online) && (
          <p role="alert" className="flex flex-wrap items-center justify-center gap-3 p-10 text-14 text-text-2">
            {t('history.notLoaded')}
            <Button look="soft" size="s" onClick={() => void loadHistory(client, false).then(setLoaded)}>
              {t('message.retry')}
            </Button>
          </p>
        )}
        {!history && loaded === null && online && <Skeletons />}
        {history && shown.length === 0 && !more && (
          <p className="p-10 text-center text-14 text-text-3">{t(filter === 'missed' ? 'history.noneMissed' : 'history.none')}</p>
        )}
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
