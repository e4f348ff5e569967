import { Pause, Play, X } from 'lucide-react';
import { useClient } from '@/app/client';
import type { Id } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { sizeText } from '@/shared/lib/time';
import { useStore } from '@/shared/state/store';
import { IconButton } from '@/shared/ui/IconButton';
import { cancelUpload, pauseUpload, resumeUpload } from './actions';
import { FileIcon } from './FileIcon';
import type { Upload } from './uploadsReducer';

/** Files that wait for the message they go with. */
export function usePending(roomId: Id, threadId?: Id): readonly Upload[] {
  const { uploads } = useClient();
  return useStore(uploads, (state) => state.filter((item) => item.roomId === roomId && item.threadId === threadId && !item.replaces));
}

function useStateText(upload: Upload): string {
  const { t, language } = useI18n();
  const { state, error, size, sent } = upload;
  switch (state) {
    case 'paused':
      return t('files.paused');
    case 'waiting':
      return t('files.waiting');
    case 'checking':
      return t('files.checking');
    case 'failed':
      return error === 'too-large' ? t('files.tooLarge', { size: sizeText(size, language) }) : t('files.refused', { detail: error ?? '' });
    case 'done':
      return sizeText(size, language);
    case 'sending':
      return t('files.progress', { sent: sizeText(sent, language), size: sizeText(size, language) });
  }
}

export function UploadRow({ upload }: { upload: Upload }) {
  const { t } = useI18n();
  const client = useClient();
  const text = useStateText(upload);
  const { state, name, size, sent, id } = upload;
  const percent = size > 0 ? Math.round((sent / size) * 100) : 100;
  return (
    <li className="card flex w-72 max-w-full items-center gap-2.5 p-2">
      {upload.preview ? <img src={upload.preview} alt="" className="size-10 flex-none rounded-md object-cover" /> : <FileIcon file={upload} />}
      <span className="min-w-0 flex-1">
        <bdi className="block truncate text-13 font-semibold">{name}</bdi>
        <span className={`block truncate text-12 ${state === 'failed' ? 'text-danger' : 'text-text-3'}`} title={text}>
          {text}
        </span>
        {state !== 'done' && state !== 'failed' && (
          <span className="progress mt-1 block" role="progressbar" aria-label={name} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}>
            <i style={{ inlineSize: `${percent}%` }} />
          </span>
        )}
      </span>
      {state === 'sending' && <IconButton small label={t('files.pause', { name })} icon={Pause} size={15} onClick={() => pauseUpload(client, id)} />}
      {(state === 'paused' || state === 'waiting') && (
        <IconButton small label={t('files.resume', { name })} icon={Play} size={15} onClick={() => resumeUpload(client, id)} />
      )}
      <IconButton small label={t('files.cancel', { name })} icon={X} size={15} onClick={() => cancelUpload(client, upload)} />
    </li>
  );
}

export function PendingFiles({ uploads }: { uploads: readonly Upload[] }) {
  const { t } = useI18n();
  if (uploads.length === 0) return null;
  return (
    <ul role="list" aria-label={t('files.pending')} className="flex max-h-48 flex-wrap gap-2 overflow-y-auto px-3 py-2">
      {uploads.map((upload) => (
        <UploadRow key={upload.id} upload={upload} />
      ))}
    </ul>
  );
}
