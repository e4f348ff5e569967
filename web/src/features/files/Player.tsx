import { Play } from 'lucide-react';
import { useState } from 'react';
import { useClient } from '@/app/client';
import type { FileBrief } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { showError } from '@/features/notices/actions';
import { previewFor, usePicture } from './usePreview';

const WIDTH = 440;

/** A video or a sound in a message. Nothing of it is fetched before somebody wants it. */
export function Player({ file, kind }: { file: FileBrief; kind: 'video' | 'audio' }) {
  const { t } = useI18n();
  const client = useClient();
  const [url, setUrl] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const poster = usePicture(kind === 'video' ? (previewFor(file, WIDTH)?.path ?? null) : null);
  const start = () => {
    client.api.fileUrl(file.id, {}).then(
      (signed) => setUrl(signed.url),
      (error: unknown) => showError(client, error),
    );
  };
  if (failed) return <p className="text-13 text-text-3">{t('files.notPlayed')}</p>;
  if (url && kind === 'audio') return <audio src={url} controls autoPlay aria-label={file.name} className="w-80 max-w-full" onError={() => setFailed(true)} />;
  if (url) return <video src={url} controls autoPlay playsInline aria-label={file.name} className="max-h-90 max-w-full rounded-lg bg-stage" onError={() => setFailed(true)} />;
  return (
    <button
      type="button"
      aria-label={t('files.play', { name: file.name })}
      onClick={start}
      className={`relative grid max-w-full place-items-center overflow-hidden rounded-lg bg-stage text-stage-text ${kind === 'video' ? 'h-45 w-80' : 'h-12 w-60'}`}
    >
      {poster.url && <img src={poster.url} alt="" className="absolute inset-0 size-full object-cover" />}
      <span className="relative grid size-10 place-items-center rounded-lg bg-plate">
        <Play size={20} aria-hidden="true" />
      </span>
    </button>
  );
}
