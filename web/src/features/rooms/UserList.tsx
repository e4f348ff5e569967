import { Crown, EllipsisVertical, MessageSquare, ShieldCheck, UserMinus, UserPlus, UserRound } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useClient, type Client } from '@/app/client';
import { navigate, roomPath } from '@/app/router';
import type { Member, PresenceStatus, Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Avatar } from '@/shared/ui/Avatar';
import { Field } from '@/shared/ui/Field';
import { IconButton } from '@/shared/ui/IconButton';
import { Menu, MenuItem, MenuLine } from '@/shared/ui/Menu';
import { SidePanel } from '@/shared/ui/SidePanel';
import { showError } from '@/features/notices/actions';
import { statusOf } from '@/features/presence/presenceReducer';
import { directRoom, loadMembers } from './actions';
import { InviteDialog } from './InviteDialog';

const SEARCH_FROM = 12;
const order: readonly PresenceStatus[] = ['in-call', 'online', 'busy', 'away', 'offline'];

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

function Row({ room, member }: { room: Room; member: Member }) {
  const { t } = useI18n();
  const client = useClient();
  const status = useStore(client.presence, (state) => statusOf(state, member.userId));
  const me = useStore(client.session, (state) => state.user?.id);
  const moderates = room.role === 'owner' || room.role === 'moderator';
  const self = member.userId === me;
  return (
    <li className="group flex min-h-11 items-center gap-2.5 rounded-lg px-2 hover:bg-hover">
      <Avatar id={member.userId} name={member.name} size={30} url={member.avatarUrl} presence={status} />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <bdi className="truncate font-semibold">{member.name}</bdi>
          {self && <span className="text-12 text-text-3">{t('call.you')}</span>}
        </span>
        <span className="block truncate text-12 text-text-3">{t(`presence.${status}`)}</span>
      </span>
      {member.role !== 'member' && <span className="chip">{t(`role.${member.role}`)}</span>}
      {!self && (
        <Menu trigger={<IconButton small label={t('people.menu', { name: member.name })} icon={EllipsisVertical} size={16} />}>
          <MenuItem
            icon={MessageSquare}
            onSelect={() => {
              directRoom(client, { id: member.userId }).then(
                (direct) => navigate(roomPath(direct.id)),
                (error: unknown) => showError(client, error),
              );
            }}
          >
            {t('people.write')}
          </MenuItem>
          {rolesFor(room, member).length > 0 && <MenuLine />}
          {rolesFor(room, member).map((role) => (
            <MenuItem key={role} icon={roleIcons[role]} onSelect={() => giveRole(client, room, member, role)}>
              {t(`people.make.${role}`)}
            </MenuItem>
          ))}
          {moderates && member.role !== 'owner' && (
            <>
              <MenuLine />
              <MenuItem
                icon={UserMinus}
                danger
                onSelect={() => {
                  client.api.removeMember(room.id, member.userId).then(
                    () => client.rooms.dispatch({ type: 'memberGone', roomId: room.id, userId: member.userId }),
                    (error: unknown) => showError(client, error),
                  );
                }}
              >
                {t('people.remove')}
              </MenuItem>
            </>
          )}
        </Menu>
      )}
    </li>
  );
}

/** People of a room, those who are here first. */
export function UserList({ room, title, onClose }: { room: Room; title: string; onClose: () => void }) {
  const { t } = useI18n();
  const client = useClient();
  const members = useStore(client.rooms, (state) => state.members[room.id]);
  const presence = useStore(client.presence, (state) => state.people);
  const [query, setQuery] = useState('');
  const [inviting, setInviting] = useState(false);
  useEffect(() => void loadMembers(client, room.id), [client, room.id]);
  const shown = useMemo(() => {
    const wanted = query.trim().toLocaleLowerCase();
    const rank = ({ userId }: Member) => order.indexOf(presence[userId]?.status ?? 'offline');
    return (members ?? [])
      .filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
      .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
  }, [members, presence, query]);
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
      <ul role="list" aria-label={t('room.people')} className="min-h-0 flex-1 overflow-y-auto p-2">
        {shown.map((member) => (
          <Row key={member.userId} room={room} member={member} />
        ))}
        {members && shown.length === 0 && <li className="p-4 text-center text-14 text-text-3">{t('people.none')}</li>}
      </ul>
      <InviteDialog room={room} open={inviting} onClose={() => setInviting(false)} />
    </SidePanel>
  );
}
