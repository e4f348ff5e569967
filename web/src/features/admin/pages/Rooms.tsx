import { Ellipsis, Trash2 } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useClient } from '@/app/client';
import type { components } from '@/shared/api/generated/openapi';
import { useI18n } from '@/shared/i18n';
import { dateText, momentText } from '@/shared/lib/time';
import { Field } from '@/shared/ui/Field';
import { Flag } from '@/shared/ui/Flag';
import { IconButton } from '@/shared/ui/IconButton';
import { Menu, MenuItem } from '@/shared/ui/Menu';
import { MoreButton } from '../MoreButton';
import { SureDialog } from '../SureDialog';
import { useList } from '../useList';
import { useMutation } from '../useMutation';
import { Scroller } from '../Scroller';

type Room = components['schemas']['AdminRoom'];

const useName = (): ((room: Room) => string) => {
  const { t } = useI18n();
  return (room) => (room.type === 'direct' ? t('allRooms.direct') : room.name);
};

function Chips({ room }: { room: Room }) {
  const { t } = useI18n();
  return (
    <span className="flex gap-1.5">
      {room.type !== 'direct' && <span className="chip">{t(room.visibility === 'public' ? 'room.public' : 'room.private')}</span>}
      {room.e2ee && <span className="chip chip-ok">{t('allRooms.encrypted')}</span>}
      {room.locked && <span className="chip chip-signal">{t('allRooms.locked')}</span>}
      {room.archived && <span className="chip">{t('allRooms.archived')}</span>}
    </span>
  );
}

function RoomLine({ room, onDelete }: { room: Room; onDelete: () => void }) {
  const { t, language } = useI18n();
  const name = useName()(room);
  const number = (value: number) => new Intl.NumberFormat(language).format(value);
  return (
    <tr>
      <td className="max-w-64">
        <span className="flex items-center gap-2.5">
          <Flag room={room.id} spec={room.flag} size={20} />
          <bdi className={`truncate ${room.type === 'direct' ? 'text-text-2' : 'font-semibold'}`}>{name}</bdi>
        </span>
      </td>
      <td>
        <Chips room={room} />
      </td>
      <td className="text-end tabular-nums">{number(room.memberCount)}</td>
      <td className="text-end tabular-nums">{number(room.lastSeq)}</td>
      <td className="whitespace-nowrap text-text-2 tabular-nums">{momentText(room.updatedAt, language)}</td>
      <td className="whitespace-nowrap text-text-2 tabular-nums">{dateText(room.createdAt, language)}</td>
      <td className="text-end">
        {room.type !== 'direct' && (
          <Menu trigger={<IconButton small label={t('admin.moreFor', { name })} icon={Ellipsis} />}>
            <MenuItem icon={Trash2} danger onSelect={onDelete}>
              {t('allRooms.delete')}
            </MenuItem>
          </Menu>
        )}
      </td>
    </tr>
  );
}

function RoomTable({ rooms, onDelete }: { rooms: readonly Room[]; onDelete: (room: Room) => void }) {
  const { t } = useI18n();
  return (
    <Scroller label={t('admin.rooms')}>
      <table className="admin-table" aria-label={t('admin.rooms')}>
        <thead>
          <tr>
            <th scope="col">{t('files.name')}</th>
            <th scope="col">{t('allRooms.type')}</th>
            <th scope="col" className="text-end!">
              {t('allRooms.members')}
            </th>
            <th scope="col" className="text-end!">
              {t('allRooms.messages')}
            </th>
            <th scope="col">{t('allRooms.active')}</th>
            <th scope="col">{t('allRooms.made')}</th>
            <th scope="col">
              <span className="sr-only">{t('admin.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rooms.map((room) => (
            <RoomLine key={room.id} room={room} onDelete={() => onDelete(room)} />
          ))}
        </tbody>
      </table>
    </Scroller>
  );
}

/** All rooms with their size; what is said in them stays theirs. */
export function Rooms() {
  const { t } = useI18n();
  const client = useClient();
  const name = useName();
  const { items, more, reload } = useList(useCallback((cursor: string | null) => client.api.adminRooms(cursor), [client]));
  const mutate = useMutation(reload);
  const [query, setQuery] = useState('');
  const [asked, setAsked] = useState<Room | null>(null);
  const wanted = query.trim().toLocaleLowerCase();
  const shown = items?.filter((room) => `${name(room)} ${room.topic}`.toLocaleLowerCase().includes(wanted));
  return (
    <>
      <Field label={t('allRooms.find')} type="search" value={query} onChange={setQuery} className="mb-3 w-72 max-w-full" />
      {shown && shown.length > 0 && <RoomTable rooms={shown} onDelete={setAsked} />}
      {shown?.length === 0 && <p className="py-6 text-14 text-text-3">{t('allRooms.noneFit')}</p>}
      <MoreButton more={more} />
      <p className="mt-3 text-12 text-text-3">{t('allRooms.unread')}</p>
      {asked && (
        <SureDialog
          title={t('allRooms.deleteOf', { name: asked.name })}
          why={t('allRooms.deleteWhy')}
          act={t('allRooms.delete')}
          typed={{ label: t('allRooms.typeName'), text: asked.name }}
          onClose={() => setAsked(null)}
          onSure={() => mutate(client.api.deleteAnyRoom(asked.id), { key: 'allRooms.deleted', parameters: { name: asked.name } })}
        />
      )}
    </>
  );
}
