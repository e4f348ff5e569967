import { Files, Inbox, Phone, Search, SquarePen, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { useClient } from '@/app/client';
import type { Route } from '@/app/router';
import { useI18n } from '@/shared/i18n';
import type { Room } from '@/shared/api/types';
import { useStore } from '@/shared/state/store';
import { Button } from '@/shared/ui/Button';
import { IconButton } from '@/shared/ui/IconButton';
import { Link } from '@/shared/ui/Link';
import { Mark } from '@/shared/ui/Logo';
import { useShownKeys } from '@/features/palette/useKeys';
import { SideFoot } from '@/features/presence/SideFoot';
import { LiveNow } from '@/features/calls/LiveNow';
import { loadRooms, roomTitle } from './actions';
import { NewMessageDialog } from './NewMessageDialog';
import { NewRoomDialog } from './NewRoomDialog';
import { inSideOrder } from './inSideOrder';
import { roomsOf } from './roomsReducer';
import { walkRooms } from './sideKeys';
import { newThing, type NewThing } from './newThing';
import { SideSection } from './SideSection';
import { useAttention, useMissed } from './useAttention';

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

/** The order of the side bar, by the names that stand in it. */
function useSections() {
  const client = useClient();
  const starred = useStore(client.rooms, (state) => roomsOf(state, 'starred'));
  const rooms = useStore(client.rooms, (state) => roomsOf(state, 'rooms'));
  const direct = useStore(client.rooms, (state) => {
    const title = (room: Room) => roomTitle(client, room);
    return roomsOf(state, 'direct').toSorted((a, b) => title(a).localeCompare(title(b)));
  });
  return { starred, rooms, direct };
}

/** Before there is any room: the way to the first one. */
function FirstRoom({ onNew }: { onNew: () => void }) {
  const { t } = useI18n();
  return (
    <div className="card m-1 flex flex-col items-start gap-2 bg-sheet p-3 max-md:hidden">
      <p className="text-13 font-normal">{t('side.noRooms')}</p>
      <Button look="soft" size="s" onClick={onNew}>
        {t('side.firstRoom')}
      </Button>
    </div>
  );
}

function RoomLists({ current, onDialog }: { current: string | null; onDialog: (name: NewThing) => void }) {
  const { t } = useI18n();
  const client = useClient();
  const status = useStore(client.rooms, (state) => state.status);
  const { starred, rooms, direct } = useSections();
  const [touched, setTouched] = useState<string | null>(null);
  const all = [...starred, ...rooms, ...direct];
  const rover = [touched, current, all[0]?.id].find((id) => all.some((room) => room.id === id)) ?? undefined;
  if (status === 'loading') return <Skeleton />;
  if (status === 'failed') {
    return (
      <p role="alert" className="flex flex-col items-start gap-2 p-3">
        {t('side.notLoaded')}
        <Button look="soft" size="s" onClick={() => void loadRooms(client)}>
          {t('message.retry')}
        </Button>
      </p>
    );
  }
  return (
    // What takes the focus here is a row, which Tab then comes back to.
    <div
      onFocus={(event) => {
        const id = event.target.closest<HTMLElement>('[data-room]')?.dataset.room;
        if (id !== undefined) setTouched(id);
      }}
    >
      {starred.length > 0 && <SideSection name="starred" rooms={starred} current={current} rover={rover} />}
      <SideSection name="rooms" rooms={rooms} current={current} rover={rover} action={t('side.newRoom')} onAction={() => onDialog('room')} />
      {rooms.length + starred.length === 0 && <FirstRoom onNew={() => onDialog('room')} />}
      <SideSection name="direct" rooms={direct} current={current} rover={rover} action={t('side.newDirect')} onAction={() => onDialog('direct')} />
    </div>
  );
}

/** Rooms and people: what is new, what goes on, and the way everywhere. */
export function Sidebar({ route, onFind }: { route: Route; onFind: () => void }) {
  const { t } = useI18n();
  const client = useClient();
  const attention = useAttention();
  const missed = useMissed();
  const shownKeys = useShownKeys();
  const guest = useStore(client.session, (state) => state.user?.guest ?? false);
  const dialog = useStore(newThing, (open) => open);
  const setDialog = newThing.dispatch;
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
        <span className="name min-w-0 flex-1 truncate">{t('side.find')}</span>
        <span className="kbd" aria-hidden="true">
          {shownKeys('palette')}
        </span>
      </button>
      {/* Arrows walk the rows of the list below, which are links of their own. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div className="side-scroll" onKeyDown={(event) => walkRooms(event, inSideOrder(client))}>
        <nav aria-label={t('side.places')}>
          <ul role="list">
            <PlaceRow to="/inbox" label={t('side.inbox')} icon={Inbox} current={route.place === 'inbox'} badge={attention} />
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
          <RoomLists current={current} onDialog={setDialog} />
        </nav>
      </div>
      <SideFoot />
      <NewRoomDialog open={dialog === 'room'} onClose={() => setDialog(null)} />
      <NewMessageDialog open={dialog === 'direct'} onClose={() => setDialog(null)} />
    </aside>
  );
}
