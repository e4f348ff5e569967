import { BellOff, CheckCheck, Star } from 'lucide-react';
import { useClient } from '@/app/client';
import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { MenuCheck, MenuChoice, MenuItem, MenuLine } from '@/shared/ui/Menu';
import { markRead } from '@/features/messages/actions';
import { setPreferences } from './preferences';

/** What one wants of a room, as lines of its menus. */
export function PreferenceItems({ room }: { room: Room }) {
  const { t } = useI18n();
  const client = useClient();
  const unread = useStore(client.rooms, (state) => (state.unread[room.id]?.messages ?? 0) > 0);
  return (
    <>
      {unread && (
        <MenuItem icon={CheckCheck} onSelect={() => markRead(client, room.id, room.lastSeq)}>
          {t('room.markRead')}
        </MenuItem>
      )}
      <MenuCheck icon={Star} checked={room.starred} onSelect={() => void setPreferences(client, room, { starred: !room.starred })}>
        {t('room.star')}
      </MenuCheck>
      <MenuCheck icon={BellOff} checked={room.muted} onSelect={() => void setPreferences(client, room, { muted: !room.muted })}>
        {t('room.mute')}
      </MenuCheck>
      <MenuLine />
      <MenuChoice
        label={t('room.notify')}
        value={room.notify}
        choices={[
          ['everything', t('room.notify.everything')],
          ['mentions', t('room.notify.mentions')],
          ['nothing', t('room.notify.nothing')],
        ]}
        onChange={(notify) => void setPreferences(client, room, { notify })}
      />
    </>
  );
}
