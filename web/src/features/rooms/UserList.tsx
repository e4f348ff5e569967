import { Crown, EllipsisVertical, MessageSquare, ShieldCheck, UserMinus, UserPlus, UserRound } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useClient, type Client } from '@/app/client';
import { navigate, roomPath } from '@/app/router';
import type { Id, Member, Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { walkRows } from '@/shared/lib/walkRows';
import { useStore } from '@/shared/state/store';
import { Avatar } from '@/shared/ui/Avatar';
import { Field } from '@/shared/ui/Field';
import { IconButton } from '@/shared/ui/IconButton';
import { Menu, MenuItem, MenuLine, type MenuProps } from '@/shared/ui/Menu';
import { SidePanel } from '@/shared/ui/SidePanel';
import { useRoomUi } from '@/features/messages/RoomUi';
import { showError } from '@/features/notices/actions';
import { statusOf } from '@/features/presence/presenceReducer';
import { directRoom, loadMembers } from './actions';
import { InviteDialog } from './InviteDialog';
import { inPeopleOrder } from './peopleOrder';

const SEARCH_FROM = 12;

type GivenRole = 'owner' | 'moderator' | 'member';
const roleIcons = { owner: Crown, moderator: ShieldCheck, member: UserRound } as const;

/** What an owner can make of somebody. Guests came by a link and stay what they are. */
function rolesFor(room: Room, { role: now }: Member): readonly GivenRole[] {
  if (room.role !== 'owner' || room.type === 'direct' || now === 'guest') return [];
  return (['owner', 'moderator', 'member'] as const).filter((role) => role !== now);
}

function giveRole(client: Client, room: Room, { userId }: Member, role: GivenRole): void {
  client.api.changeMember(room.id, userId, role).then(
    (member) => client.rooms.dispatch({ type: 'member', roomId: room.id, member }),
    (error: unknown) => showError(client, error),
  );
}

interface RowProps {
  room: Room;
  member: Member;
  /** The one row of the list that Tab comes to. */
  tabStop: boolean;
  onFocus: () => void;
}

function RowMenu({ room, member, open, onOpenChange, focusAfter }: Pick<RowProps, 'room' | 'member'> & Pick<MenuProps, 'open' | 'onOpenChange' | 'focusAfter'>) {
  const { t } = useI18n();
  const client = useClient();
  const moderates = room.role === 'owner' || room.role === 'moderator';
  const roles = rolesFor(room, member);
  const write = () =>
    directRoom(client, { id: member.userId }).then(
      (direct) => navigate(roomPath(direct.id)),
      (error: unknown) => showError(client, error),
    );
  const takeOut = () =>
    client.api.removeMember(room.id, member.userId).then(
      () => client.rooms.dispatch({ type: 'memberGone', roomId: room.id, userId: member.userId }),
      (error: unknown) => showError(client, error),
    );
  return (
    <Menu
      open={open}
      onOpenChange={onOpenChange}
      focusAfter={focusAfter}
      trigger={<IconButton small tabIndex={-1} label={t('people.menu', { name: member.name })} icon={EllipsisVertical} size={16} />}
    >
      <MenuItem icon={MessageSquare} onSelect={() => void write()}>
        {t('people.write')}
      </MenuItem>
      {roles.length > 0 && <MenuLine />}
      {roles.map((role) => (
        <MenuItem key={role} icon={roleIcons[role]} onSelect={() => giveRole(client, room, member, role)}>
          {t(`people.make.${role}`)}
        </MenuItem>
      ))}
      {moderates && member.role !== 'owner' && (
        <>
          <MenuLine />
          <MenuItem icon={UserMinus} danger onSelect={() => void takeOut()}>
            {t('people.remove')}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

/** Enter opens the card; the other button of the mouse and Shift F10 the menu. */
function Row({ room, member, tabStop, onFocus }: RowProps) {
  const { t } = useI18n();
  const client = useClient();
  const { about } = useRoomUi();
  const status = useStore(client.presence, (state) => statusOf(state, member.userId));
  const self = useStore(client.session, (state) => state.user?.id === member.userId);
  const row = useRef<HTMLButtonElement>(null);
  const [menu, setMenu] = useState(false);
  const openMenu = (event: { preventDefault: () => void }) => {
    event.preventDefault();
    setMenu(!self);
  };
  return (
    <li className="group flex min-h-11 items-center gap-2.5 rounded-lg pe-2 hover:bg-hover focus-within:bg-hover">
      <button
        ref={row}
        type="button"
        data-row={member.name}
        tabIndex={tabStop ? 0 : -1}
        className="flex min-h-11 min-w-0 flex-1 items-center gap-2.5 rounded-lg ps-2 text-start"
        onClick={() => about(member)}
        onFocus={onFocus}
        onContextMenu={openMenu}
        onKeyDown={(event) => {
          if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) openMenu(event);
        }}
      >
        <Avatar id={member.userId} name={member.name} size={30} url={member.avatarUrl} presence={status} />
        <span className="min-w-0 flex-1">
          <span className="flex items-center gap-2">
            <bdi className="truncate font-semibold">{member.name}</bdi>
            {self && <span className="text-12 text-text-3">{t('call.you')}</span>}
          </span>
          <span className="block truncate text-12 text-text-3">{t(`presence.${status}`)}</span>
        </span>
        {member.role !== 'member' && <span className="chip">{t(`role.${member.role}`)}</span>}
      </button>
      {!self && <RowMenu room={room} member={member} open={menu} onOpenChange={setMenu} focusAfter={row} />}
    </li>
  );
}

function Skeletons() {
  const { t } = useI18n();
  return (
    <div role="status" aria-label={t('app.loading')} className="flex flex-col p-2">
      {[64, 48, 72, 40, 56].map((width) => (
        <span key={width} aria-hidden="true" className="flex min-h-11 items-center gap-2.5 px-2">
          <span className="skeleton size-7.5 rounded-full!" />
          <span className="skeleton h-3" style={{ inlineSize: `${width}%` }} />
        </span>
      ))}
    </div>
  );
}

/** People of a room: those who are here first, then those who lead. */
export function UserList({ room, title, onClose }: { room: Room; title: string; onClose: () => void }) {
  const { t } = useI18n();
  const client = useClient();
  const members = useStore(client.rooms, (state) => state.members[room.id]);
  const presence = useStore(client.presence, (state) => state.people);
  const [query, setQuery] = useState('');
  const [inviting, setInviting] = useState(false);
  const [reached, setReached] = useState<Id | null>(null);
  useEffect(() => void loadMembers(client, room.id), [client, room.id]);
  const shown = useMemo(() => {
    const wanted = query.trim().toLocaleLowerCase();
    const found = (members ?? []).filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
    return inPeopleOrder(found, presence);
  }, [members, presence, query]);
  const stop = shown.some(({ userId }) => userId === reached) ? reached : shown[0]?.userId;
  const canInvite = room.type !== 'direct' && (room.role === 'owner' || room.role === 'moderator');
  return (
    <SidePanel
      label={t('room.people')}
      title={t('room.people')}
      sub={title}
      onClose={onClose}
      head={canInvite && <IconButton label={t('invite.open')} icon={UserPlus} onClick={() => setInviting(true)} />}
    >
      {(members?.length ?? 0) >= SEARCH_FROM && (
        <div className="px-3 pt-3">
          <Field label={t('people.find')} type="search" value={query} onChange={setQuery} />
        </div>
      )}
      {members === undefined && <Skeletons />}
      {/* The list hears the keys of its rows. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul role="list" aria-label={t('room.people')} className="min-h-0 flex-1 overflow-y-auto p-2" onKeyDown={walkRows}>
        {shown.map((member) => (
          <Row key={member.userId} room={room} member={member} tabStop={member.userId === stop} onFocus={() => setReached(member.userId)} />
        ))}
        {members && shown.length === 0 && <li className="p-4 text-center text-14 text-text-3">{t('people.none')}</li>}
      </ul>
      <InviteDialog room={room} open={inviting} onClose={() => setInviting(false)} />
    </SidePanel>
  );
}
