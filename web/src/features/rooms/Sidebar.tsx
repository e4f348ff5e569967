import { Files, Inbox, Lock, Pencil, Phone, Plus, Search, Settings, SquarePen, type LucideIcon } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { useClient } from '@/app/client';
import type { Route } from '@/app/router';
import { roomPath } from '@/app/router';
import { useI18n } from '@/shared/i18n';
import type { Room } from '@/shared/api/types';
import { useStore } from '@/shared/state/store';
import { Avatar } from '@/shared/ui/Avatar';
import { Flag } from '@/shared/ui/Flag';
import { IconButton } from '@/shared/ui/IconButton';
import { Link } from '@/shared/ui/Link';
import { Mark } from '@/shared/ui/Logo';
import { hasDraft } from '@/features/messages/drafts';
import { statusOf } from '@/features/presence/presenceReducer';
import { MeMenu } from '@/features/presence/MeMenu';
import { LiveNow } from '@/features/calls/LiveNow';
import { partnerOf, roomTitle } from './actions';
import { attentionOf } from './attention';
import { NewMessageDialog } from './NewMessageDialog';
import { NewRoomDialog } from './NewRoomDialog';
import { sortedRooms } from './roomsReducer';

/** Up and down walk the rows, letters jump to the next that begins so. */
function walkRows(event: KeyboardEvent<HTMLElement>) {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('a.nav')];
  const at = rows.indexOf(event.target as HTMLElement);
  if (at < 0) return;
  const steps: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
  let to = steps[event.key];
  if (to === undefined && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const letter = event.key.toLocaleLowerCase();
    const order = [...rows.slice(at + 1), ...rows.slice(0, at)];
    const found = order.find((row) => row.querySelector('.name')?.textContent.toLocaleLowerCase().startsWith(letter));
    to = found && rows.indexOf(found);
  }
  if (to === undefined) return;
  event.preventDefault();
  rows[Math.max(0, Math.min(rows.length - 1, to))]?.focus();
}

function Counts({ room }: { room: Room }) {
  const { t } = useI18n();
  const client = useClient();
  const unread = useStore(client.rooms, (state) => state.unread[room.id]);
  if (!unread || (unread.messages === 0 && unread.mentions === 0)) return null;
  const amber = room.type === 'direct' ? Math.max(unread.messages, unread.mentions) : unread.mentions;
  if (amber > 0) {
    const label = room.type === 'direct' ? t('side.unread', { n: amber }) : t('side.mentions', { n: amber });
    return (
      <span className="badge badge-signal">
        <span aria-hidden="true">{amber > 99 ? '99+' : amber}</span>
        <span className="sr-only">{label}</span>
      </span>
    );
  }
  return (
    <span className="badge badge-plain">
      <span aria-hidden="true">{unread.messages > 99 ? '99+' : unread.messages}</span>
      <span className="sr-only">{t('side.unread', { n: unread.messages })}</span>
    </span>
  );
}

function RoomRow({ room, current }: { room: Room; current: boolean }) {
  const client = useClient();
  const title = useStore(client.rooms, () => roomTitle(client, room));
  const me = useStore(client.session, (state) => state.user?.id ?? '');
  const partner = useStore(client.rooms, (state) => partnerOf(room, state.members[room.id], me));
  const unread = useStore(client.rooms, (state) => {
    const counts = state.unread[room.id];
    return Boolean(counts && (counts.messages > 0 || counts.mentions > 0));
  });
  const status = useStore(client.presence, (state) => statusOf(state, partner?.userId));
  return (
    <li>
      <Link to={roomPath(room.id)} className="nav" title={title} data-unread={unread} aria-current={current ? 'page' : undefined}>
        {room.type === 'direct' ? (
          <Avatar id={partner?.userId ?? room.id} name={title} size={20} url={partner?.avatarUrl} presence={status} />
        ) : (
          <Flag room={room.id} spec={room.flag} size={20} />
        )}
        <bdi className="name min-w-0 flex-1 truncate">{title}</bdi>
        {!current && hasDraft(room.id) && <Pencil size={14} aria-hidden="true" />}
        {room.e2ee && <Lock size={14} aria-hidden="true" />}
        <Counts room={room} />
      </Link>
    </li>
  );
}

function PlaceRow({ to, label, icon: Icon, current, badge, note }: {
  to: string;
  label: string;
  icon: LucideIcon;
  current: boolean;
  badge?: number;
  note?: string;
}) {
  const { t } = useI18n();
  return (
    <li>
      <Link to={to} className="nav" title={label} data-unread={Boolean(badge)} aria-current={current ? 'page' : undefined}>
        <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
        <span className="name min-w-0 flex-1 truncate">{label}</span>
        {badge ? (
          <span className="badge badge-signal">
            <span aria-hidden="true">{badge}</span>
            <span className="sr-only">{t('side.new', { n: badge })}</span>
          </span>
        ) : null}
        {note && <span className="side-note text-12 font-normal text-text-3">{note}</span>}
      </Link>
    </li>
  );
}

function Skeleton() {
  return (
    <ul aria-hidden="true">
      {[56, 40, 64, 48, 72, 44, 60, 52].map((width, index) => (
        <li key={index} className="nav">
          <span className="skeleton size-5" />
          <span className="skeleton h-3" style={{ inlineSize: `${width}%` }} />
        </li>
      ))}
    </ul>
  );
}

function Section({ title, action, onAction, rooms, current }: {
  title: string;
  action: string;
  onAction: () => void;
  rooms: readonly Room[];
  current: string | null;
}) {
  return (
    <>
      <h3 className="sect">
        <span className="name">{title}</span>
        <IconButton label={action} icon={Plus} size={16} onClick={onAction} />
      </h3>
      <ul role="list" aria-label={title}>
        {rooms.map((room) => (
          <RoomRow key={room.id} room={room} current={room.id === current} />
        ))}
      </ul>
    </>
  );
}

/** Rooms and people: what is new, what goes on, and the way everywhere. */
export function Sidebar({ route, onFind }: { route: Route; onFind: () => void }) {
  const { t } = useI18n();
  const client = useClient();
  const rooms = useStore(client.rooms, (state) => sortedRooms(state, false));
  const directs = useStore(client.rooms, (state) => sortedRooms(state, true));
  const status = useStore(client.rooms, (state) => state.status);
  const attention = useStore(client.rooms, attentionOf);
  const missed = useStore(client.calls, (state) => state.missed);
  const guest = useStore(client.session, (state) => state.user?.guest ?? false);
  const [dialog, setDialog] = useState<'room' | 'direct' | null>(null);
  const current = route.place === 'room' ? route.room : null;
  return (
    <aside className="side" aria-label={t('side.label')}>
      <div className="side-top">
        <Mark />
        <b className="name min-w-0 flex-1 truncate text-15 font-semibold tracking-[-0.01em]">{client.config.name || 'Parley'}</b>
        {!guest && <IconButton label={t('side.newMessage')} icon={SquarePen} onClick={() => setDialog('direct')} />}
      </div>
      <button type="button" className="find" onClick={onFind} title={t('side.find')}>
        <Search size={16} aria-hidden="true" />
        <span className="name flex-1">{t('side.find')}</span>
        <span className="kbd" aria-hidden="true">
          Ctrl K
        </span>
      </button>
      {/* Arrows walk the rows of the list below, which are links of their own. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div className="side-scroll" onKeyDown={walkRows}>
        <nav aria-label={t('side.places')}>
          <ul role="list">
            <PlaceRow to="/inbox" label={t('side.inbox')} icon={Inbox} current={route.place === 'inbox'} badge={attention + missed} />
            <PlaceRow
              to="/calls"
              label={t('side.calls')}
              icon={Phone}
              current={route.place === 'calls'}
              note={missed > 0 ? t('side.missed', { n: missed }) : undefined}
            />
            <PlaceRow to="/files" label={t('side.files')} icon={Files} current={route.place === 'files'} />
          </ul>
        </nav>
        <LiveNow current={current} />
        <nav aria-label={t('side.label')}>
          {status === 'loading' ? (
            <Skeleton />
          ) : (
            <>
              <Section
                title={t('side.rooms')}
                action={t('side.newRoom')}
                onAction={() => setDialog('room')}
                rooms={rooms}
                current={current}
              />
              <Section
                title={t('side.direct')}
                action={t('side.newDirect')}
                onAction={() => setDialog('direct')}
                rooms={directs}
                current={current}
              />
            </>
          )}
        </nav>
      </div>
      <div className="side-foot">
        <MeMenu />
        <Link to="/settings" className="ib" title={t('side.settings')} aria-label={t('side.settings')}>
          <Settings size={18} strokeWidth={1.75} aria-hidden="true" />
        </Link>
      </div>
      <NewRoomDialog open={dialog === 'room'} onClose={() => setDialog(null)} />
      <NewMessageDialog open={dialog === 'direct'} onClose={() => setDialog(null)} />
    </aside>
  );
}
