import { BellOff, CheckCheck, Files, FolderOpen, Inbox, Keyboard, Languages, LogOut, Mic, Moon, PanelLeft, Phone, Pin, Plus, Search, Settings, ShieldCheck, SquarePen, Star, Sun, Users, Video, type LucideIcon } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { useClient } from '@/app/client';
import { useOnline } from '@/app/OfflineBanner';
import { currentRoute, filePath, navigate, panelPath, roomPath } from '@/app/router';
import { toggleSidebar } from '@/app/sidebar';
import { useTheme } from '@/app/theme';
import { languages, useI18n, type Language } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Avatar } from '@/shared/ui/Avatar';
import { Flag } from '@/shared/ui/Flag';
import { FileIcon } from '@/features/files/FileIcon';
import { joinCallIn } from '@/features/calls/actions';
import { markRead } from '@/features/messages/actions';
import { showError } from '@/features/notices/actions';
import { directRoom, partnerOf, roomTitle } from '@/features/rooms/actions';
import { newThing } from '@/features/rooms/newThing';
import { setPreferences } from '@/features/rooms/preferences';
import { useUsers } from '@/features/rooms/useUsers';
import { signOut } from '@/features/session/actions';
import { fuzzy } from './fuzzy';
import { recentRooms } from './recent';
import { useFoundFiles } from './useFoundFiles';
import { useShownKeys } from './useKeys';

export interface Command {
  readonly id: string;
  readonly group: 'recent' | 'rooms' | 'people' | 'files' | 'acts';
  readonly label: string;
  readonly icon: ReactNode;
  readonly keys?: string;
  /** Stands behind the label: where a file is. */
  readonly note?: string;
  /** Why it cannot be done now. */
  readonly off?: string;
  readonly run: () => void;
}

const face = (Icon: LucideIcon) => <Icon size={18} strokeWidth={1.75} aria-hidden="true" />;

function useActs(onSheet: () => void): readonly Command[] {
  const { t, language, setLanguage } = useI18n();
  const { look, setLook } = useTheme();
  const client = useClient();
  const keys = useShownKeys();
  const online = useOnline();
  const user = useStore(client.session, (state) => state.user);
  return useMemo(() => {
    const off = online ? undefined : t('palette.offline');
    const go = (path: string) => () => navigate(path);
    const other = (Object.keys(languages) as Language[]).find((tag) => tag !== language) ?? 'en';
    const route = currentRoute();
    const here = route.place === 'room' ? route.room : null;
    const room = here === null ? undefined : client.rooms.getState().byId[here];
    const act = (id: string, label: string, icon: LucideIcon, run: () => void, cap?: string, why?: string): Command => ({
      id,
      group: 'acts',
      label,
      icon: face(icon),
      run,
      keys: cap,
      off: why,
    });
    return [
      ...(here
        ? [
            act('call', t('palette.call'), Video, () => joinCallIn(client, here, 'video'), keys('call'), off),
            act('find', t('room.search'), Search, go(panelPath(here, 'search')), keys('searchRoom'), off),
            act('people', t('room.people'), Users, go(panelPath(here, 'people'))),
            act('roomFiles', t('room.files'), FolderOpen, go(panelPath(here, 'files'))),
            act('pins', t('room.pins'), Pin, go(panelPath(here, 'pins'))),
            ...(room
              ? [
                  act('star', t(room.starred ? 'palette.unstar' : 'palette.star'), Star, () => void setPreferences(client, room, { starred: !room.starred }), undefined, off),
                  act('mute', t(room.muted ? 'palette.unmute' : 'palette.mute'), BellOff, () => void setPreferences(client, room, { muted: !room.muted }), undefined, off),
                  act('read', t('room.markRead'), CheckCheck, () => markRead(client, room.id, room.lastSeq), undefined, off),
                ]
              : []),
          ]
        : []),
      ...(route.place === 'admin' || user?.guest
        ? []
        : [
            act('newRoom', t('side.newRoom'), Plus, () => newThing.dispatch('room'), undefined, off),
            act('newMessage', t('side.newMessage'), SquarePen, () => newThing.dispatch('direct'), undefined, off),
          ]),
      act('inbox', t('side.inbox'), Inbox, go('/inbox'), keys('inbox')),
      act('calls', t('side.calls'), Phone, go('/calls')),
      act('files', t('side.files'), Files, go('/files')),
      act('settings', t('side.settings'), Settings, go('/settings'), keys('settings')),
      act('devices', t('settings.devices'), Mic, go('/settings/devices')),
      act('sidebar', t('keys.sidebar'), PanelLeft, toggleSidebar, keys('sidebar')),
      ...(user?.role === 'admin' ? [act('admin', t('side.admin'), ShieldCheck, go('/admin'))] : []),
      act('notices', t('settings.notices'), BellOff, go('/settings/notices')),
      act('keys', t('keys.title'), Keyboard, onSheet, keys('sheet')),
      act('look', t(look === 'dark' ? 'palette.light' : 'palette.dark'), look === 'dark' ? Sun : Moon, () => setLook(look === 'dark' ? 'light' : 'dark')),
      act('language', languages[other].name, Languages, () => setLanguage(other)),
      act('out', t('side.signOut'), LogOut, () => void signOut(client)),
    ];
  }, [t, client, language, setLanguage, look, setLook, onSheet, keys, online, user]);
}

/** Everything that the palette offers for what was typed, best first within its group. */
export function useCommands(query: string, open: boolean, onSheet: () => void): readonly Command[] {
  const client = useClient();
  const rooms = useStore(client.rooms, (state) => state);
  const me = useStore(client.session, (state) => state.user?.id ?? '');
  const { users } = useUsers(query, !open || query.trim() === '');
  const acts = useActs(onSheet);
  const files = useFoundFiles(open ? query : '');
  return useMemo(() => {
    const places = Object.values(rooms.byId).map((room): Command => {
      const label = roomTitle(client, room);
      const partner = partnerOf(room, rooms.members[room.id], me);
      return {
        id: room.id,
        group: 'rooms',
        label,
        icon: partner ? <Avatar id={partner.userId} name={label} size={20} /> : <Flag room={room.id} spec={room.flag} size={20} />,
        run: () => navigate(roomPath(room.id)),
      };
    });
    const people = users.map((user): Command => ({
      id: user.id,
      group: 'people',
      label: user.name,
      icon: <Avatar id={user.id} name={user.name} size={20} url={user.avatarUrl} />,
      run: () => {
        directRoom(client, user).then(
          (room) => navigate(roomPath(room.id)),
          (error: unknown) => showError(client, error),
        );
      },
    }));
    const rank = (list: readonly Command[], most: number) =>
      list
        .flatMap((command) => {
          const score = fuzzy(query, command.label);
          return score === null ? [] : [{ command, score }];
        })
        .sort((a, b) => b.score - a.score)
        .slice(0, most)
        .map(({ command }) => command);
    const found = files.map((file): Command => ({
      id: file.id,
      group: 'files',
      label: file.name,
      note: rooms.byId[file.roomId]?.name,
      icon: <FileIcon file={file} />,
      run: () => navigate(filePath(file.roomId, file.id)),
    }));
    if (query.trim() === '') {
      const recent = recentRooms().flatMap((id): Command[] => {
        const place = places.find((command) => command.id === id);
        return place ? [{ ...place, group: 'recent' }] : [];
      });
      return [...recent, ...rank(acts, acts.length)];
    }
    return [...rank(places, 6), ...rank(people, 4), ...rank(found, 4), ...rank(acts, 5)];
  }, [client, rooms, users, acts, files, query, me]);
}
