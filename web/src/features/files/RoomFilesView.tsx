import { useMemo } from 'react';
import { useClient } from '@/app/client';
import { filePath, navigate } from '@/app/router';
import type { Id, Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { shareFiles } from './actions';
import { FilesView } from './FilesView';
import { roomSource, useFileList } from './useFileList';

/** All files of a room, in the place of its messages. */
export function RoomFilesView({ room, title, current }: { room: Room; title: string; current?: Id }) {
  const { t } = useI18n();
  const client = useClient();
  const sources = useMemo(() => [roomSource(client, room.id)], [client, room.id]);
  const list = useFileList(sources, room.id);
  // What goes with the next message waits at the composer.
  const uploads = useStore(client.uploads, (state) => state.filter((item) => item.roomId === room.id && (item.alone === true || item.replaces !== undefined) && item.state !== 'done'));
  const readOnly = room.archived || room.role === null;
  return (
    <FilesView
      label={t('files.inRoom', { room: title })}
      list={list}
      uploads={uploads}
      current={current}
      onOpen={(file) => navigate(`${filePath(room.id, file.id)}?panel=files`)}
      onUpload={readOnly ? undefined : (files) => shareFiles(client, room.id, files)}
    />
  );
}
