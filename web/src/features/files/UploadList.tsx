import { useClient } from '@/app/client';
import { useI18n } from '@/shared/i18n';
import { FileIcon } from './FileIcon';
import { SeeLarge } from './SeeLarge';
import { percentOf, UploadBar, UploadKeys } from './UploadKeys';
import { useUploadText } from './uploadWords';
import type { Upload } from './uploadsReducer';

function UploadLine({ upload }: { upload: Upload }) {
  const { t } = useI18n();
  const client = useClient();
  const text = useUploadText(client.config.limits)(upload);
  const failed = upload.state === 'failed';
  return (
    <li className="up">
      <FileIcon file={upload} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <bdi className="min-w-0 flex-1 truncate text-14 font-semibold">{upload.name}</bdi>
          {!failed && <span className="text-12 text-text-3 tabular-nums">{t('files.percent', { n: percentOf(upload) })}</span>}
        </span>
        {!failed && <UploadBar upload={upload} />}
        <span className={`up-line ${failed ? 'text-danger' : ''}`} role={failed ? 'alert' : undefined}>
          {text}{' '}
          <SeeLarge upload={upload} />
        </span>
      </span>
      <UploadKeys upload={upload} />
    </li>
  );
}

/** What is on its way up, over the files that are there; what was refused keeps its place until it is put away. */
export function UploadList({ uploads }: { uploads: readonly Upload[] }) {
  const { t } = useI18n();
  if (uploads.length === 0) return null;
  return (
    <ul role="list" aria-label={t('files.pending')} className="ups">
      {uploads.map((upload) => (
        <UploadLine key={upload.id} upload={upload} />
      ))}
    </ul>
  );
}
