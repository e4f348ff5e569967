import { Copy, Download, Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useClient } from '@/app/client';
import { filePath } from '@/app/router';
import type { File } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { Dialog } from '@/shared/ui/Dialog';
import { Field } from '@/shared/ui/Field';
import { IconButton } from '@/shared/ui/IconButton';
import { Menu, MenuItem, MenuLine } from '@/shared/ui/Menu';
import { showError, showToast } from '@/features/notices/actions';
import { downloadFile } from '../actions';

function RenameDialog({ file, onDone, onClose }: { file: File; onDone: () => void; onClose: () => void }) {
  const { t } = useI18n();
  const client = useClient();
  const [name, setName] = useState(file.name);
  return (
    <Dialog open onClose={onClose} title={t('files.rename')}>
      <form
        className="flex flex-col gap-4 px-6 pb-6"
        onSubmit={(event) => {
          event.preventDefault();
          client.api.renameFile(file.id, name.trim()).then(
            () => {
              onDone();
              onClose();
            },
            (error: unknown) => showError(client, error),
          );
        }}
      >
        <Field label={t('files.name')} value={name} onChange={setName} maxLength={255} required autoComplete="off" />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="submit" look="primary" disabled={name.trim() === ''}>
            {t('files.rename')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function DeleteDialog({ file, versions, onDone, onClose }: { file: File; versions: number; onDone: () => void; onClose: () => void }) {
  const { t } = useI18n();
  const client = useClient();
  const remove = () => {
    client.api.deleteFile(file.id).then(
      () => {
        showToast(client, { text: { key: 'files.deleted', parameters: { name: file.name } } });
        onDone();
      },
      (error: unknown) => showError(client, error),
    );
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={t('files.deleteTitle', { name: file.name })} description={t('files.deleteWhy', { n: versions })}>
      <div className="flex justify-end gap-2 px-6 pb-6">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button look="danger" onClick={remove}>
          {t('files.delete')}
        </Button>
      </div>
    </Dialog>
  );
}

interface Props {
  readonly file: File;
  readonly roomId: string;
  readonly versions: number;
  readonly load: () => void;
  readonly onGone: () => void;
}

/** What can be done with a file as a whole: fetch it, pass on where it is, rename, delete. */
export function FileActs({ file, roomId, versions, load, onGone }: Props) {
  const { t } = useI18n();
  const client = useClient();
  const [asked, setAsked] = useState<'rename' | 'delete' | null>(null);
  const close = () => setAsked(null);
  const copy = () => {
    void navigator.clipboard.writeText(`${window.location.origin}${filePath(roomId, file.id)}`).then(() => showToast(client, { text: { key: 'files.copied' } }));
  };
  return (
    <>
      <IconButton label={t('files.download', { name: file.name })} icon={Download} onClick={() => void downloadFile(client, file)} />
      <Menu trigger={<IconButton label={t('files.menu')} icon={Ellipsis} />}>
        <MenuItem icon={Copy} onSelect={copy}>
          {t('files.copyLink')}
        </MenuItem>
        {/* The name of a sealed file is sealed, too: it keeps the one it came with. */}
        {file.canEdit && !file.sealedIn && (
          <MenuItem icon={Pencil} onSelect={() => setAsked('rename')}>
            {t('files.rename')}
          </MenuItem>
        )}
        {file.canDelete && (
          <>
            <MenuLine />
            <MenuItem icon={Trash2} danger onSelect={() => setAsked('delete')}>
              {t('files.delete')}
            </MenuItem>
          </>
        )}
      </Menu>
      {asked === 'rename' && <RenameDialog file={file} onDone={load} onClose={close} />}
      {asked === 'delete' && <DeleteDialog file={file} versions={versions} onDone={onGone} onClose={close} />}
    </>
  );
}
