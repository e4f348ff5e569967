import { Upload as UploadIcon } from 'lucide-react';
import { useRef, useState } from 'react';
import { useClient } from '@/app/client';
import type { File, Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { sizeText } from '@/shared/lib/time';
import { Button } from '@/shared/ui/Button';
import { Dialog } from '@/shared/ui/Dialog';
import { Field } from '@/shared/ui/Field';
import { uploadVersion } from '../actions';
import { FileIcon } from '../FileIcon';

const NOTE_LENGTH = 1000;

/** The file is chosen; what changed in it may be said before it goes. */
function NoteDialog({ file, room, next, onClose }: { file: File; room: Room; next: globalThis.File; onClose: () => void }) {
  const { t, language } = useI18n();
  const client = useClient();
  const [note, setNote] = useState('');
  return (
    <Dialog open onClose={onClose} title={t('files.newVersionOf', { name: file.name })}>
      <form
        className="flex flex-col gap-4 px-6 pb-6"
        onSubmit={(event) => {
          event.preventDefault();
          uploadVersion(client, room.id, file.id, next, note);
          onClose();
        }}
      >
        <p className="flex items-center gap-3 text-13">
          <FileIcon file={next} />
          <span className="min-w-0">
            <bdi className="block truncate font-semibold">{next.name}</bdi>
            <span className="text-text-3">{sizeText(next.size, language)}</span>
          </span>
        </p>
        {/* The server keeps notes as they are: in an encrypted room there are none. */}
        {!file.sealedIn && <Field label={t('files.note')} hint={t('files.noteHint')} value={note} onChange={setNote} maxLength={NOTE_LENGTH} spellCheck />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="submit" look="primary">
            {t('files.upload')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export function NewVersion({ file, room }: { file: File; room: Room }) {
  const { t } = useI18n();
  const picker = useRef<HTMLInputElement>(null);
  const [next, setNext] = useState<globalThis.File | null>(null);
  return (
    <>
      <Button size="s" onClick={() => picker.current?.click()}>
        <UploadIcon size={14} aria-hidden="true" />
        {t('files.newVersion')}
      </Button>
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={t('files.choose')}
        onChange={(event) => {
          setNext(event.target.files?.[0] ?? null);
          event.target.value = '';
        }}
      />
      {next && <NoteDialog file={file} room={room} next={next} onClose={() => setNext(null)} />}
    </>
  );
}
