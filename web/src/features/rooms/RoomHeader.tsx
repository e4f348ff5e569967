import { ArrowLeft, EllipsisVertical, Files, LogOut, Pin, Search, SlidersHorizontal, UserPlus, Users } from 'lucide-react';
import { useState } from 'react';
import { useClient } from '@/app/client';
import { navigate, panelPath, roomPath, type Panel, type Route } from '@/app/router';
import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useMedia } from '@/shared/lib/useMedia';
import { useStore } from '@/shared/state/store';
import { Avatar, AvatarStack } from '@/shared/ui/Avatar';
import { Flag } from '@/shared/ui/Flag';
import { IconButton } from '@/shared/ui/IconButton';
import { Menu, MenuItem, MenuLine } from '@/shared/ui/Menu';
import { CallButton } from '@/features/calls/CallButton';
import { EncryptionBadge } from '@/features/e2ee/EncryptionBadge';
import { showError } from '@/features/notices/actions';
import { statusOf } from '@/features/presence/presenceReducer';
import { partnerOf } from './actions';
import { useAttention } from './useAttention';
import { InviteDialog } from './InviteDialog';
import { PreferenceItems } from './PreferenceItems';
import { RoomSettings } from './RoomSettings';

interface Props {
  room: Room;
  title: string;
  route: Extract<Route, { place: 'room' }>;
}

/** How many of a room's members are there now, as far as they are known. */
function useHere(room: Room): number {
  const client = useClient();
  const members = useStore(client.rooms, (state) => state.members[room.id]);
  return useStore(client.presence, (state) => (members ?? []).filter(({ userId }) => statusOf(state, userId) !== 'offline').length);
}

function Title({ room, title }: { room: Room; title: string }) {
  const { t } = useI18n();
  const client = useClient();
  const me = useStore(client.session, (state) => state.user?.id ?? '');
  const partner = useStore(client.rooms, (state) => partnerOf(room, state.members[room.id], me));
  const status = useStore(client.presence, (state) => statusOf(state, partner?.userId));
  const count = useStore(client.rooms, (state) => state.members[room.id]?.length ?? room.memberCount);
  const phone = useMedia('(max-width: 599px)');
  const here = useHere(room);
  const people = t('room.members', { n: count });
  const many = here > 0 ? t('room.here', { people, n: here }) : people;
  const sub = partner ? t(`presence.${status}`) : phone || room.topic === '' ? many : room.topic;
  return (
    <>
      {partner ? (
        <Avatar id={partner.userId} name={title} size={30} url={partner.avatarUrl} presence={status} />
      ) : (
        <Flag room={room.id} spec={room.flag} size={28} />
      )}
      <div className="min-w-0 flex-1">
        <div className="flex min-w-0 items-center gap-2">
          <h1 className="truncate">
            <bdi>{title}</bdi>
          </h1>
          <EncryptionBadge room={room} />
          {room.archived && <span className="chip">{t('room.readOnly')}</span>}
        </div>
        <p className="truncate text-12 text-text-3" dir="auto">
          {sub}
        </p>
      </div>
    </>
  );
}

function Faces({ room, on, toggle }: { room: Room; on: boolean; toggle: () => void }) {
  const { t } = useI18n();
  const client = useClient();
  const members = useStore(client.rooms, (state) => state.members[room.id]);
  const count = members?.length ?? room.memberCount;
  const faces = (members ?? []).slice(0, 3).map(({ userId, name }) => ({ id: userId, name }));
  return (
    <button
      type="button"
      className="flex h-8 flex-none items-center gap-1.5 rounded-lg px-1.5 text-12 font-semibold text-text-2 hover:bg-active pointer-coarse:h-11"
      aria-expanded={on}
      title={t('room.members', { n: count })}
      onClick={toggle}
    >
      <span aria-hidden="true" className="contents">
        <AvatarStack people={faces} size={24} />
        <span className="tabular-nums">{count}</span>
      </span>
      <span className="sr-only">{t('room.members', { n: count })}</span>
    </button>
  );
}

function useMenuActs(room: Room) {
  const client = useClient();
  return {
    leave: () => {
      client.api.leaveRoom(room.id).then(
        () => {
          client.rooms.dispatch({ type: 'gone', roomId: room.id });
          navigate('/');
        },
        (error: unknown) => showError(client, error),
      );
    },
  };
}

/** What room this is, who is in it, and what can be done here. */
export function RoomHeader({ room, title, route }: Props) {
  const { t } = useI18n();
  const narrow = useMedia('(max-width: 899px)');
  const phone = useMedia('(max-width: 599px)');
  const attention = useAttention();
  const [dialog, setDialog] = useState<'invite' | 'settings' | null>(null);
  const { leave } = useMenuActs(room);
  const toggle = (panel: Panel) => navigate(route.panel === panel ? roomPath(room.id) : panelPath(room.id, panel));
  const canInvite = room.type !== 'direct' && (room.role === 'owner' || room.role === 'moderator');
  return (
    <header className="sheet-head">
      {phone && (
        <IconButton label={t('room.backCount', { n: attention })} icon={ArrowLeft} size={22} directed onClick={() => navigate('/rooms')} />
      )}
      <Title room={room} title={title} />
      {room.type !== 'direct' && !phone && <Faces room={room} on={route.panel === 'people'} toggle={() => toggle('people')} />}
      {!narrow && (
        <>
          <IconButton label={t('room.pins')} icon={Pin} data-on={route.panel === 'pins'} onClick={() => toggle('pins')} />
          <IconButton label={t('room.files')} icon={Files} data-on={route.panel === 'files'} onClick={() => toggle('files')} />
        </>
      )}
      <IconButton label={t('room.search')} icon={Search} data-on={route.panel === 'search'} onClick={() => toggle('search')} />
      <Menu trigger={<IconButton label={t('room.menu')} icon={EllipsisVertical} />}>
        <MenuItem icon={Users} onSelect={() => toggle('people')}>
          {t('room.people')}
        </MenuItem>
        {narrow && (
          <>
            <MenuItem icon={Pin} onSelect={() => toggle('pins')}>
              {t('room.pins')}
            </MenuItem>
            <MenuItem icon={Files} onSelect={() => toggle('files')}>
              {t('room.files')}
            </MenuItem>
          </>
        )}
        {canInvite && (
          <>
            <MenuItem icon={UserPlus} onSelect={() => setDialog('invite')}>
              {t('invite.open')}
            </MenuItem>
            <MenuItem icon={SlidersHorizontal} onSelect={() => setDialog('settings')}>
              {t('room.settings')}
            </MenuItem>
          </>
        )}
        {room.role !== null && (
          <>
            <MenuLine />
            <PreferenceItems room={room} />
          </>
        )}
        {room.type !== 'direct' && room.role !== null && (
          <>
            <MenuLine />
            <MenuItem icon={LogOut} danger onSelect={leave}>
              {t('room.leave')}
            </MenuItem>
          </>
        )}
      </Menu>
      <CallButton room={room} />
      <InviteDialog room={room} open={dialog === 'invite'} onClose={() => setDialog(null)} />
      <RoomSettings room={room} open={dialog === 'settings'} onClose={() => setDialog(null)} />
    </header>
  );
}
