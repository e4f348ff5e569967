import { useClient } from '@/app/client';
import type { Id } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { waitsFor } from './actions';
import { FileIcon } from './FileIcon';
import { SeeLarge } from './SeeLarge';
import { UploadBar, UploadKeys } from './UploadKeys';
import { useUploadText } from './uploadWords';
import type { Upload } from './uploadsReducer';

/** Files that wait for the message they go with. */
export function usePending(roomId: Id, threadId?: Id): readonly Upload[] {
  const { uploads } = useClient();
  return useStore(uploads, (state) => state.filter((item) => waitsFor(item, { roomId, threadId })));
}

function UploadCard({ upload }: { upload: Upload }) {
  const client = useClient();
  const text = useUploadText(client.config.limits)(upload);
  const { state, name } = upload;
  return (
    <li className="card flex w-72 max-w-full items-center gap-2.5 p-2">
      {upload.preview ? <img src={upload.preview} alt="" className="size-10 flex-none rounded-md object-cover" /> : <FileIcon file={upload} />}
      <span className="min-w-0 flex-1">
        <bdi className="block truncate text-13 font-semibold">{name}</bdi>
        <span className={`block text-12 ${state === 'failed' ? 'text-danger' : 'truncate text-text-3'}`} title={text}>
          {text} <SeeLarge upload={upload} />
        </span>
        {state !== 'done' && state !== 'failed' && <UploadBar upload={upload} />}
      </span>
      <UploadKeys upload={upload} />
    </li>
  );
}

export function PendingFiles({ uploads }: { uploads: readonly Upload[] }) {
  const { t } = useI18n();
  if (uploads.length === 0) return null;
  return (
    <ul role="list" aria-label={t('files.pending')} className="flex max-h-48 flex-wrap gap-2 overflow-y-auto px-3 py-2">
      {uploads.map((upload) => (
        <UploadCard key={upload.id} upload={upload} />
      ))}
    </ul>
  );
}
