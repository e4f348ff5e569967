import { useMemo } from 'react';
import { useClient } from '@/app/client';
import { filePath, navigate } from '@/app/router';
import type { File } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { FilesView } from './FilesView';
import { openPreview } from './previewStore';
import { mySources, roomSource, useFileList } from './useFileList';

/** Files of all rooms, and those that are in none; what is on its way up stands on top. */
export function FilesPage() {
  const { t } = useI18n();
  const client = useClient();
  const uploads = useStore(client.uploads, (state) => state.filter(({ state: step }) => step !== 'done'));
  // Rooms that changed last are asked first. The order stays while the page is open: lists do not jump.
  const ready = useStore(client.rooms, (state) => state.status === 'ready');
  const sources = useMemo(() => {
    const rooms = ready ? Object.values(client.rooms.getState().byId).filter(({ role }) => role !== null) : [];
    const newest = rooms.toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt));
    return ready ? [...mySources(client), ...newest.map(({ id }) => roomSource(client, id))] : [];
  }, [client, ready]);
  const list = useFileList(sources);
  const open = (file: File) => {
    if (file.roomId) navigate(`${filePath(file.roomId, file.id)}?panel=files`);
    else openPreview(list.files, file);
  };
  return (
    <main className="sheet flex-1">
      <header className="sheet-head">
        <h1 className="flex-1 max-sm:ps-3">{t('side.files')}</h1>
      </header>
      <FilesView label={t('side.files')} list={list} uploads={uploads} withRoom onOpen={open} />
    </main>
  );
}
