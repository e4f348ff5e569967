import { useState } from 'react';
import { useClient } from '@/app/client';
import { navigate, roomPath } from '@/app/router';
import { toApiError } from '@/shared/api/errors';
import type { Room } from '@/shared/api/types';
import { useI18n, type Phrase } from '@/shared/i18n';
import { Banner } from '@/shared/ui/Banner';
import { Button } from '@/shared/ui/Button';
import { Dialog } from '@/shared/ui/Dialog';
import { Field } from '@/shared/ui/Field';
import { Flag } from '@/shared/ui/Flag';
import { allFlags, flagWords } from '@/shared/ui/flags';
import { hash } from '@/shared/lib/hash';
import { EncryptionChoice } from '@/features/e2ee/EncryptionChoice';
import { errorPhrase } from '@/features/notices/actions';
import { PeoplePicker, type Picked } from './PeoplePicker';
import { VisibilityChoice } from './VisibilityChoice';

/** A cloth that no room here flies yet, as long as there is one; from the name, so that it does not jump about. */
function freeFlag(name: string, flown: readonly (string | undefined)[]): string {
  const start = hash(name.trim() || 'parley') % allFlags.length;
  const order = [...allFlags.slice(start), ...allFlags.slice(0, start)];
  const words = order.map(flagWords);
  return words.find((flag) => !flown.includes(flag)) ?? words[0] ?? 'chevron-amber-navy';
}

function Form({ onClose }: { onClose: () => void }) {
  const { t, phrase } = useI18n();
  const client = useClient();
  const [name, setName] = useState('');
  const [visibility, setVisibility] = useState<Room['visibility']>('private');
  const [e2ee, setE2ee] = useState(false);
  const [people, setPeople] = useState<readonly Picked[]>([]);
  const [failure, setFailure] = useState<{ field?: string; text: Phrase } | null>(null);
  const [busy, setBusy] = useState(false);
  const flown = Object.values(client.rooms.getState().byId).map((room) => room.flag);
  const flag = freeFlag(name, flown);

  async function create() {
    if (!name.trim()) {
      setFailure({ field: 'name', text: { key: 'room.nameMissing' } });
      return;
    }
    setBusy(true);
    try {
      const room = await client.api.createRoom({
        name: name.trim(),
        type: 'group',
        visibility,
        memberIds: people.map(({ id }) => id),
        flag,
        e2ee,
      });
      client.rooms.dispatch({ type: 'room', room });
      if (e2ee) await client.e2ee.keeper.begin(room.id);
      onClose();
      navigate(roomPath(room.id));
    } catch (error) {
      setFailure({ field: toApiError(error).details.field, text: errorPhrase(error) });
      setBusy(false);
    }
  }

  return (
    <form
      noValidate
      className="flex flex-col gap-4 px-6 pb-6"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void create();
      }}
    >
      <div className="flex items-end gap-3">
        <span className="grid size-10 place-items-center">
          <Flag room={flag} spec={flag} size={40} />
        </span>
        <Field
          className="flex-1"
          label={t('room.name')}
          value={name}
          onChange={setName}
          maxLength={120}
          autoComplete="off"
          error={failure?.field === 'name' ? phrase(failure.text) : null}
        />
      </div>
      <VisibilityChoice value={visibility} onChange={setVisibility} />
      {(client.config.features.e2ee ?? true) && <EncryptionChoice on={e2ee} onChange={setE2ee} />}
      <PeoplePicker label={t('room.people')} picked={people} onChange={setPeople} />
      {failure && failure.field !== 'name' && <Banner tone="error">{phrase(failure.text)}</Banner>}
      <div className="flex justify-end gap-2">
        <Button look="ghost" onClick={onClose}>
          {t('app.cancel')}
        </Button>
        <Button type="submit" look="primary" aria-disabled={busy}>
          {t('room.create')}
        </Button>
      </div>
    </form>
  );
}

export function NewRoomDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Dialog open={open} onClose={onClose} title={t('side.newRoom')} width={480}>
      <Form onClose={onClose} />
    </Dialog>
  );
}
