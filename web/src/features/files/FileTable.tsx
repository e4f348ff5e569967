import { Download } from 'lucide-react';
import { useClient } from '@/app/client';
import { filePath } from '@/app/router';
import type { File } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { momentText, sizeText } from '@/shared/lib/time';
import { useStore } from '@/shared/state/store';
import { IconButton } from '@/shared/ui/IconButton';
import { Link } from '@/shared/ui/Link';
import { downloadFile } from './actions';
import { FileIcon } from './FileIcon';

/** Files as rows, the newest first. */
export function FileRows({ files, withRoom }: { files: readonly File[]; withRoom: boolean }) {
  const { t, language } = useI18n();
  const client = useClient();
  const rooms = useStore(client.rooms, (state) => state.byId);
  return (
    <ul role="list" className="flex flex-col">
      {files.map((file) => {
        const room = file.roomId ? rooms[file.roomId] : undefined;
        const facts = [sizeText(file.size, language), momentText(file.updatedAt ?? file.createdAt, language), withRoom && room?.name];
        return (
          <li key={file.id} className="flex min-h-14 items-center gap-3 px-4 py-2 hover:bg-hover">
            <FileIcon file={file} />
            <Link to={filePath(file.roomId ?? '', file.id)} className="min-w-0 flex-1">
              <bdi className="block truncate text-14 font-semibold">{file.name}</bdi>
              <span className="block truncate text-12 text-text-3" dir="auto">
                {facts.filter(Boolean).join(' · ')}
              </span>
            </Link>
            {file.version > 1 && <span className="chip">{t('files.version', { n: file.version })}</span>}
            <IconButton label={t('files.download', { name: file.name })} icon={Download} size={17} onClick={() => void downloadFile(client, file)} />
          </li>
        );
      })}
    </ul>
  );
}
