import { useState } from 'react';
import { useClient } from '@/app/client';
import { navigate } from '@/app/router';
import type { Room } from '@/shared/api/types';
import { useI18n, type Phrase } from '@/shared/i18n';
import { Banner } from '@/shared/ui/Banner';
import { Button } from '@/shared/ui/Button';
import { Dialog } from '@/shared/ui/Dialog';
import { Field } from '@/shared/ui/Field';
import { errorPhrase } from '@/features/notices/actions';

function Form({ room, onClose }: { room: Room; onClose: () => void }) {
  const { t, phrase } = useI18n();
  const client = useClient();
  const [name, setName] = useState(room.name);
  const [topic, setTopic] = useState(room.topic);
  const [archived, setArchived] = useState(room.archived);
  const [sure, setSure] = useState(false);
  const [failure, setFailure] = useState<Phrase | null>(null);
  const attempt = (work: Promise<unknown>, then: () => void) => {
    work.then(then, (error: unknown) => setFailure(errorPhrase(error)));
  };
  return (
    <form
      noValidate
      className="flex flex-col gap-4 px-6 pb-6"
      onSubmit={(event) => {
        event.preventDefault();
        attempt(
          client.api
            .editRoom(room.id, { name: name.trim(), topic: topic.trim(), ...(archived === room.archived ? {} : { archived }) })
            .then((changed) => client.rooms.dispatch({ type: 'room', room: changed })),
          onClose,
        );
      }}
    >
      <Field label={t('room.name')} value={name} onChange={setName} maxLength={120} />
      <Field label={t('room.topic')} value={topic} onChange={setTopic} maxLength={1000} />
      <label className="flex items-center gap-2.5 text-14">
        <input type="checkbox" className="size-4 accent-(--accent)" checked={archived} onChange={(event) => setArchived(event.target.checked)} />
        {t('room.archive')}
      </label>
      {failure && <Banner tone="error">{phrase(failure)}</Banner>}
      <div className="flex flex-wrap items-center gap-2">
        {room.role === 'owner' && (
          <Button
            look={sure ? 'danger' : 'ghost'}
            onClick={() => {
              if (!sure) {
                setSure(true);
                return;
              }
              attempt(client.api.deleteRoom(room.id), () => {
                client.rooms.dispatch({ type: 'gone', roomId: room.id });
                navigate('/');
              });
            }}
          >
            {t(sure ? 'room.deleteSure' : 'room.delete')}
          </Button>
        )}
        <span className="flex-1" />
        <Button look="ghost" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" look="primary">
          {t('app.save')}
        </Button>
      </div>
    </form>
  );
}

export function RoomSettings({ room, open, onClose }: { room: Room; open: boolean; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Dialog open={open} onClose={onClose} title={t('room.settings')}>
      <Form room={room} onClose={onClose} />
    </Dialog>
  );
}
