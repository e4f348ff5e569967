import { Download } from 'lucide-react';
import { useClient } from '@/app/client';
import { filePath, navigate } from '@/app/router';
import type { FileBrief, Id } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { sizeText } from '@/shared/lib/time';
import { IconButton } from '@/shared/ui/IconButton';
import { useSealedPicture } from '@/features/e2ee/useSealedPicture';
import { downloadFile } from './actions';
import { FileIcon } from './FileIcon';
import { kindOf } from './kinds';
import { previewFor, usePicture } from './usePreview';

function Card({ file, roomId }: { file: FileBrief; roomId: Id }) {
  const { t, language } = useI18n();
  const client = useClient();
  return (
    <span className="file-card">
      <button type="button" className="flex min-w-0 items-center gap-2.5 py-1.5 text-start" onClick={() => navigate(filePath(roomId, file.id))}>
        <FileIcon file={file} />
        <span className="min-w-0 leading-tight">
          <bdi className="block truncate text-13 font-semibold">{file.name}</bdi>
          {file.size !== undefined && <span className="text-12 text-text-3">{sizeText(file.size, language)}</span>}
        </span>
      </button>
      <IconButton small label={t('files.download', { name: file.name })} icon={Download} size={16} onClick={() => void downloadFile(client, file)} />
    </span>
  );
}

function Picture({ file, roomId, small }: { file: FileBrief; roomId: Id; small: boolean }) {
  const { t } = useI18n();
  const preview = previewFor(file, small ? 200 : 440);
  const { url, broken } = usePicture(preview?.path ?? null);
  if (!preview || broken) return <Card file={file} roomId={roomId} />;
  const size = small ? 'size-50 object-cover' : 'max-h-90 max-w-full';
  return (
    <figure className="card max-w-110">
      <button
        type="button"
        aria-label={t('files.open', { name: file.name })}
        className="block"
        onClick={() => navigate(filePath(roomId, file.id))}
      >
        {url ? <img src={url} alt={file.name} className={size} /> : <span className={`skeleton ${small ? 'size-50' : 'h-60 w-80 max-w-full'}`} />}
      </button>
    </figure>
  );
}

function SealedPicture({ file, roomId, small }: { file: FileBrief; roomId: Id; small: boolean }) {
  const { t } = useI18n();
  const { url, broken } = useSealedPicture(file);
  if (broken) return <Card file={file} roomId={roomId} />;
  return (
    <figure className="card max-w-110">
      <button type="button" aria-label={t('files.open', { name: file.name })} className="block" onClick={() => navigate(filePath(roomId, file.id))}>
        {url ? (
          <img src={url} alt={file.name} className={small ? 'size-50 object-cover' : 'max-h-90 max-w-full'} />
        ) : (
          <span className={`skeleton ${small ? 'size-50' : 'h-60 w-80 max-w-full'}`} />
        )}
      </button>
    </figure>
  );
}

/** What hangs on a message: pictures to look at, and cards for the rest. */
export function Attachments({ files, roomId }: { files: readonly FileBrief[]; roomId: Id }) {
  const pictures = files.filter((file) => kindOf(file) === 'image');
  const others = files.filter((file) => kindOf(file) !== 'image');
  return (
    <div className="mt-1.5 flex flex-col items-start gap-1.5">
      {pictures.length > 0 && (
        <div className="flex flex-wrap gap-1.5">
          {pictures.map((file) => {
            const Shown = file.sealedIn ? SealedPicture : Picture;
            return <Shown key={file.id} file={file} roomId={roomId} small={pictures.length > 1} />;
          })}
        </div>
      )}
      {others.map((file) => (
        <Card key={file.id} file={file} roomId={roomId} />
      ))}
    </div>
  );
}
