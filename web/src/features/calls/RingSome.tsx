import { Video } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Avatar } from '@/shared/ui/Avatar';
import { Button } from '@/shared/ui/Button';
import { Dialog } from '@/shared/ui/Dialog';
import { Field } from '@/shared/ui/Field';
import { loadMembers } from '@/features/rooms/actions';
import { joinCallIn } from './actions';

const SEARCH_FROM = 12;

/** Calls some of a room: the others may come all the same, but nothing rings for them. */
export function RingSome({ room, onClose }: { room: Room; onClose: () => void }) {
  const { t } = useI18n();
  const client = useClient();
  const me = useStore(client.session, (state) => state.user?.id);
  const members = useStore(client.rooms, (state) => state.members[room.id]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [query, setQuery] = useState('');
  const missing = members === undefined;
  useEffect(() => {
    if (missing) void loadMembers(client, room.id);
  }, [client, room.id, missing]);
  const others = (members ?? []).filter(({ userId }) => userId !== me);
  const shown = others.filter(({ name }) => name.toLocaleLowerCase().includes(query.trim().toLocaleLowerCase()));
  const turn = (userId: string) =>
    setChosen((before) => new Set(before.has(userId) ? [...before].filter((id) => id !== userId) : [...before, userId]));
  const ring = () => {
    onClose();
    joinCallIn(client, room.id, 'video', { ring: [...chosen] });
  };
  return (
    <Dialog open onClose={onClose} title={t('call.ringSome')} width={440}>
      <div className="flex flex-col gap-3 px-6 pb-6">
        {others.length >= SEARCH_FROM && <Field label={t('stage.find')} type="search" value={query} onChange={setQuery} />}
        <ul role="list" aria-label={t('call.ringWhom')} className="-mx-2 max-h-80 overflow-y-auto">
          {shown.map(({ userId, name, avatarUrl }) => (
            <li key={userId}>
              <label className="flex min-h-11 cursor-pointer items-center gap-2.5 rounded-lg px-2 hover:bg-hover">
                <input type="checkbox" checked={chosen.has(userId)} onChange={() => turn(userId)} className="size-4 accent-accent" />
                <Avatar id={userId} name={name} size={28} url={avatarUrl} />
                <bdi className="min-w-0 flex-1 truncate text-14">{name}</bdi>
              </label>
            </li>
          ))}
          {members && shown.length === 0 && <li className="p-4 text-center text-14 text-text-3">{t('people.none')}</li>}
        </ul>
        <Button look="primary" disabled={chosen.size === 0} onClick={ring}>
          <Video size={17} aria-hidden="true" />
          {chosen.size === 0 ? t('call.call') : t('call.ringN', { n: chosen.size })}
        </Button>
      </div>
    </Dialog>
  );
}
