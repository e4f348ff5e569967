import { Pause, Play, X } from 'lucide-react';
import { useClient } from '@/app/client';
import { useI18n } from '@/shared/i18n';
import { IconButton } from '@/shared/ui/IconButton';
import { cancelUpload, pauseUpload, resumeUpload } from './actions';
import type { Upload } from './uploadsReducer';

/** Pause, resume and cancel. */
export function UploadKeys({ upload }: { upload: Upload }) {
  const { t } = useI18n();
  const client = useClient();
  const { id, name, state } = upload;
  return (
    <>
      {state === 'sending' && <IconButton small label={t('files.pause', { name })} icon={Pause} size={15} onClick={() => pauseUpload(client, id)} />}
      {(state === 'paused' || state === 'waiting') && (
        <IconButton small label={t('files.resume', { name })} icon={Play} size={15} onClick={() => resumeUpload(client, id)} />
      )}
      <IconButton small label={t('files.cancel', { name })} icon={X} size={15} onClick={() => cancelUpload(client, upload)} />
    </>
  );
}

export const percentOf = ({ size, sent }: Upload): number => (size > 0 ? Math.round((sent / size) * 100) : 100);

/** How far it has come, as a bar; grey while it stands still. */
export function UploadBar({ upload }: { upload: Upload }) {
  const percent = percentOf(upload);
  const still = upload.state === 'paused' || upload.state === 'waiting';
  return (
    <span className="progress block" data-still={still} role="progressbar" aria-label={upload.name} aria-valuenow={percent} aria-valuemin={0} aria-valuemax={100}>
      <i style={{ inlineSize: `${percent}%` }} />
    </span>
  );
}
