import { useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import { navigate, roomPath } from '@/app/router';
import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Button } from '@/shared/ui/Button';
import { Flag } from '@/shared/ui/Flag';
import { showError } from '@/features/notices/actions';
import { Halyard } from './Halyard';
import { NewRoomDialog } from './NewRoomDialog';

/** Rooms that everybody here may enter and one is not in yet. */
function usePublicRooms(): readonly Room[] {
  const client = useClient();
  const [rooms, setRooms] = useState<readonly Room[]>([]);
  useEffect(() => {
    client.api.publicRooms().then(
      ({ items }) => setRooms(items.filter(({ role }) => role === null)),
      () => undefined,
    );
  }, [client]);
  return rooms;
}

/** A halyard of flags and the first steps: a room of one's own, or one that is there. */
export function Welcome() {
  const { t } = useI18n();
  const client = useClient();
  const [open, setOpen] = useState(false);
  const rooms = usePublicRooms();
  const name = useStore(client.session, (state) => state.user?.name ?? '');
  return (
    <main className="sheet flex-1 items-center overflow-y-auto p-6">
      <div className="m-auto flex w-full max-w-md flex-col items-center gap-5 text-center">
        <Halyard />
        <h1 className="text-26 font-semibold tracking-[-0.018em]">{t('welcome.title', { name })}</h1>
        <p className="text-15 text-text-2">{t('welcome.lead')}</p>
        <Button look="primary" size="xl" onClick={() => setOpen(true)}>
          {t('welcome.make')}
        </Button>
        {rooms.length > 0 && (
          <section aria-label={t('welcome.public')} className="w-full text-start">
            <h2 className="mt-4 mb-2 text-13 font-semibold text-text-2">{t('welcome.public')}</h2>
            <ul className="flex flex-col gap-1">
              {rooms.map((room) => (
                <li key={room.id} className="flex items-center gap-3 rounded-lg p-2 hover:bg-hover">
                  <Flag room={room.id} spec={room.flag} size={28} />
                  <bdi className="min-w-0 flex-1 truncate font-semibold">{room.name}</bdi>
                  <Button
                    look="soft"
                    size="s"
                    onClick={() => {
                      client.api.joinRoom(room.id).then(
                        (joined) => {
                          client.rooms.dispatch({ type: 'room', room: joined });
                          navigate(roomPath(room.id));
                        },
                        (error: unknown) => showError(client, error),
                      );
                    }}
                  >
                    {t('welcome.enter')}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      <NewRoomDialog open={open} onClose={() => setOpen(false)} />
    </main>
  );
}
