import { useClient } from '@/app/client';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Button } from '@/shared/ui/Button';
import { FileRows } from './FileTable';
import { UploadRow } from './PendingFiles';
import { useFiles } from './useFiles';

/** Files of all rooms; what is on its way up stands on top. */
export function FilesPage() {
  const { t } = useI18n();
  const client = useClient();
  const uploads = useStore(client.uploads, (state) => state.filter(({ state: step }) => step !== 'done'));
  const { files, more } = useFiles();
  return (
    <main className="sheet flex-1">
      <header className="sheet-head">
        <h1 className="flex-1 max-sm:ps-3">{t('side.files')}</h1>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto pb-4">
        {uploads.length > 0 && (
          <ul role="list" aria-label={t('files.pending')} className="flex flex-wrap gap-2 p-4">
            {uploads.map((upload) => (
              <UploadRow key={upload.id} upload={upload} />
            ))}
          </ul>
        )}
        {files && <FileRows files={files} withRoom />}
        {files?.length === 0 && <p className="p-10 text-center text-14 text-text-3">{t('files.none')}</p>}
        {more && (
          <p className="p-3 text-center">
            <Button look="soft" size="m" onClick={more}>
              {t('app.more')}
            </Button>
          </p>
        )}
      </div>
    </main>
  );
}
