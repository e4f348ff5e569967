import { BellOff, EllipsisVertical, Lock, Pencil } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import { useClient } from '@/app/client';
import { roomPath } from '@/app/router';
import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Avatar } from '@/shared/ui/Avatar';
import { Flag } from '@/shared/ui/Flag';
import { Link } from '@/shared/ui/Link';
import { Menu } from '@/shared/ui/Menu';
import { hasDraft } from '@/features/messages/drafts';
import { statusOf } from '@/features/presence/presenceReducer';
import { partnerOf, roomTitle } from './actions';
import { amberOf, threadsOf } from './attention';
import { useMissed } from './useAttention';
import { PreferenceItems } from './PreferenceItems';

const most = (count: number): string => (count > 99 ? '99+' : String(count));

/** Amber for what needs me, a plain number for the rest; of a muted room nothing. */
function Counts({ room }: { room: Room }) {
  const { t } = useI18n();
  const client = useClient();
  const unread = useStore(client.rooms, (state) => state.unread[room.id]?.messages ?? 0);
  const named = useStore(client.rooms, (state) => amberOf(state, room.id));
  const threads = useStore(client.inbox, (state) => threadsOf(state, client.rooms.getState(), room.id));
  const missed = useMissed(room.id);
  const amber = named + threads + missed;
  if (room.muted || (unread === 0 && amber === 0)) return null;
  if (amber > 0) {
    const label = named + threads === 0 ? t('side.missed', { n: missed }) : room.type === 'direct' || named === 0 ? t('side.unread', { n: amber }) : t('side.mentions', { n: amber });
    return (
      <span className="badge badge-signal">
        <span aria-hidden="true" dir="ltr">{most(amber)}</span>
        <span className="sr-only">{label}</span>
      </span>
    );
  }
  return (
    <span className="badge badge-plain">
      <span aria-hidden="true" dir="ltr">{most(unread)}</span>
      <span className="sr-only">{t('side.unread', { n: unread })}</span>
    </span>
  );
}

interface Props {
  room: Room;
  current: boolean;
  /** The one row of the list that Tab comes to. */
  tabStop: boolean;
}

/** A room or a person in the side bar, with its menu behind the other button of the mouse or Shift F10. */
export const RoomRow = memo(function RoomRow({ room, current, tabStop }: Props) {
  const { t } = useI18n();
  const client = useClient();
  const link = useRef<HTMLAnchorElement>(null);
  const [menu, setMenu] = useState(false);
  // Of a conversation of two, until it is known who the other one is.
  const title = useStore(client.rooms, () => roomTitle(client, room)) || t('side.direct');
  const me = useStore(client.session, (state) => state.user?.id ?? '');
  const partner = useStore(client.rooms, (state) => partnerOf(room, state.members[room.id], me));
  const unread = useStore(client.rooms, (state) => !room.muted && (state.unread[room.id]?.messages ?? 0) > 0);
  const status = useStore(client.presence, (state) => statusOf(state, partner?.userId));
  return (
    <li className="side-row" data-room={room.id}>
      <Link
        ref={link}
        to={roomPath(room.id)}
        className="nav"
        title={title}
        tabIndex={tabStop ? 0 : -1}
        data-unread={unread}
        data-muted={room.muted}
        aria-current={current ? 'page' : undefined}
        onContextMenu={(event) => {
          event.preventDefault();
          setMenu(true);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return;
          event.preventDefault();
          setMenu(true);
        }}
      >
        {room.type === 'direct' ? (
          <Avatar id={partner?.userId ?? room.id} name={title} size={20} url={partner?.avatarUrl} presence={status} />
        ) : (
          <Flag room={room.id} spec={room.flag} size={20} />
        )}
        {title === '' ? <span className="name skeleton h-3 flex-1" /> : <bdi className="name min-w-0 flex-1 truncate">{title}</bdi>}
        {!current && hasDraft(room.id) && <Pencil size={14} aria-hidden="true" />}
        {room.e2ee && <Lock size={14} aria-hidden="true" />}
        {room.muted && <BellOff size={14} aria-hidden="true" />}
        <Counts room={room} />
      </Link>
      <Menu
        align="start"
        open={menu}
        onOpenChange={setMenu}
        focusAfter={link}
        trigger={
          <button type="button" tabIndex={-1} className="row-menu ib" aria-label={t('side.menuOf', { room: title })}>
            <EllipsisVertical size={16} aria-hidden="true" />
          </button>
        }
      >
        <PreferenceItems room={room} />
      </Menu>
    </li>
  );
});
