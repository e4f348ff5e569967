import { useState } from 'react';
import { useClient } from '@/app/client';
import { navigate } from '@/app/router';
import { toApiError } from '@/shared/api/errors';
import type { Room } from '@/shared/api/types';
import { useI18n, type Phrase } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Banner } from '@/shared/ui/Banner';
import { Button } from '@/shared/ui/Button';
import { Check } from '@/shared/ui/Check';
import { Field } from '@/shared/ui/Field';
import { Select } from '@/shared/ui/Select';
import { errorPhrase } from '@/features/notices/actions';
import { FlagChoice } from './FlagChoice';
import { changeOf, draftOf, losesMessages, retentionChoices, type RoomDraft } from './roomChange';
import { VisibilityChoice } from './VisibilityChoice';

interface DraftProps {
  readonly draft: RoomDraft;
  readonly set: (change: Partial<RoomDraft>) => void;
}

/** What owners and administrators alone change: how long messages are kept, and whether there may be more of them. */
function OwnersPart({ room, draft, set }: DraftProps & { room: Room }) {
  const { t } = useI18n();
  return (
    <>
      <Select
        label={t('room.keep')}
        value={String(draft.retentionDays)}
        choices={retentionChoices(room.retentionDays).map(
          (days) => [String(days), days === 0 ? t('room.keepAlways') : t('room.keepDays', { n: days })] as const,
        )}
        onChange={(days) => set({ retentionDays: Number(days) })}
      />
      {losesMessages(room.retentionDays, draft.retentionDays) && <Banner tone="warn">{t('room.keepWarning')}</Banner>}
      <Check checked={draft.archived} onChange={(archived) => set({ archived })}>
        {t('room.archive')}
      </Check>
    </>
  );
}

/** Deletes on the second press. */
function DeleteButton({ room, onFailure }: { room: Room; onFailure: (error: unknown) => void }) {
  const { t } = useI18n();
  const client = useClient();
  const [sure, setSure] = useState(false);
  const remove = () =>
    client.api.deleteRoom(room.id).then(() => {
      client.rooms.dispatch({ type: 'gone', roomId: room.id });
      navigate('/');
    }, onFailure);
  return (
    <Button look={sure ? 'danger' : 'ghost'} onClick={() => (sure ? void remove() : setSure(true))}>
      {t(sure ? 'room.deleteSure' : 'room.delete')}
    </Button>
  );
}

/** What may be changed of a room, by those who may. */
export function RoomSettingsForm({ room, onClose }: { room: Room; onClose: () => void }) {
  const { t, phrase } = useI18n();
  const client = useClient();
  const owns = useStore(client.session, (state) => state.user?.role === 'admin') || room.role === 'owner';
  // Others may change the room while this is open: what counts is what it was when this person began.
  const [before] = useState(() => draftOf(room));
  const [draft, setDraft] = useState(before);
  const [failure, setFailure] = useState<{ field?: string; text: Phrase } | null>(null);
  const set = (change: Partial<RoomDraft>) => setDraft((old) => ({ ...old, ...change }));
  const fail = (error: unknown) => setFailure({ field: toApiError(error).details.field, text: errorPhrase(error) });
  const save = () => {
    if (!draft.name.trim()) {
      setFailure({ field: 'name', text: { key: 'room.nameMissing' } });
      return;
    }
    const change = changeOf(before, draft);
    if (Object.keys(change).length === 0) {
      onClose();
      return;
    }
    client.api.editRoom(room.id, change).then((changed) => {
      client.rooms.dispatch({ type: 'room', room: changed });
      onClose();
    }, fail);
  };
  return (
    <form
      noValidate
      className="flex flex-col gap-4 px-6 pb-6"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field
        label={t('room.name')}
        value={draft.name}
        onChange={(name) => set({ name })}
        maxLength={120}
        error={failure?.field === 'name' ? phrase(failure.text) : null}
      />
      <Field label={t('room.topic')} value={draft.topic} onChange={(topic) => set({ topic })} maxLength={1000} />
      <FlagChoice room={room.id} value={draft.flag} onChange={(flag) => set({ flag })} />
      <VisibilityChoice value={draft.visibility} onChange={(visibility) => set({ visibility })} />
      <Check checked={draft.locked} onChange={(locked) => set({ locked })}>
        {t('room.lock')}
      </Check>
      {owns && <OwnersPart room={room} draft={draft} set={set} />}
      {failure && failure.field !== 'name' && <Banner tone="error">{phrase(failure.text)}</Banner>}
      <div className="flex flex-wrap items-center gap-2">
        {owns && <DeleteButton room={room} onFailure={fail} />}
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
