import { Download } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useClient } from '@/app/client';
import { filePath, navigate } from '@/app/router';
import type { FileBrief, Id } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { sizeText } from '@/shared/lib/time';
import { IconButton } from '@/shared/ui/IconButton';
import { useSealedPicture } from '@/features/e2ee/useSealedPicture';
import { downloadFile } from './actions';
import './files.css';
import { FileIcon } from './FileIcon';
import { galleryOf } from './gallery';
import { kindOf, previewKindOf } from './kinds';
import { Player } from './Player';
import { openPreview } from './previewStore';
import { previewFor, usePicture } from './usePreview';

interface Props {
  readonly files: readonly FileBrief[];
  readonly roomId: Id;
}

interface OneProps extends Props {
  readonly file: FileBrief;
}

/** With the focus on a file: D fetches it. Enter is the button's own. */
const useFetchKey = (file: FileBrief) => {
  const client = useClient();
  return (event: KeyboardEvent) => {
    if (event.key.toLowerCase() !== 'd' || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    void downloadFile(client, file);
  };
};

function Card({ file, files, roomId }: OneProps) {
  const { t, language } = useI18n();
  const client = useClient();
  const onKeyDown = useFetchKey(file);
  // What cannot be looked at opens its versions; the rest is looked at first.
  const open = () => (previewKindOf(file) === 'none' ? navigate(filePath(roomId, file.id)) : openPreview(files, file, { roomId }));
  return (
    <span className="file-card">
      <button
        type="button"
        className="flex min-w-0 items-center gap-2.5 py-1.5 text-start"
        onClick={open}
        onKeyDown={onKeyDown}
      >
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

interface PictureProps extends OneProps {
  /** Stands alone, as it is; else one of several, cut to the same shape. */
  readonly alone: boolean;
  readonly more: number;
}

function Picture({ file, files, roomId, alone, more }: PictureProps) {
  const { t } = useI18n();
  const onKeyDown = useFetchKey(file);
  const preview = file.sealedIn ? null : previewFor(file, alone ? 440 : 220);
  const made = usePicture(preview?.path ?? null);
  const sealed = useSealedPicture(file);
  const { url, broken } = file.sealedIn ? sealed : made;
  if ((!file.sealedIn && !preview) || broken) return <Card file={file} files={files} roomId={roomId} />;
  const label = more > 0 ? t('files.openMore', { name: file.name, n: more }) : t('files.open', { name: file.name });
  return (
    <figure className={alone ? 'card max-w-110' : ''}>
      <button type="button" aria-label={label} className={alone ? 'block' : 'block size-full'} onClick={() => openPreview(files, file, { roomId })} onKeyDown={onKeyDown}>
        {url ? <img src={url} alt={file.name} className={alone ? 'max-h-90 max-w-full' : ''} /> : <span className={`skeleton ${alone ? 'h-60 w-80 max-w-full' : 'size-full'}`} />}
        {more > 0 && (
          <span className="gallery-more" aria-hidden="true">
            +{more}
          </span>
        )}
      </button>
    </figure>
  );
}

function Gallery({ files: pictures, roomId }: Props) {
  const { shown, more } = galleryOf(pictures);
  const [first] = shown;
  if (!first) return null;
  if (shown.length === 1) return <Picture file={first} files={pictures} roomId={roomId} alone more={0} />;
  return (
    <div className="gallery w-full" data-count={shown.length}>
      {shown.map((file, index) => (
        <Picture key={file.id} file={file} files={pictures} roomId={roomId} alone={false} more={index === shown.length - 1 ? more : 0} />
      ))}
    </div>
  );
}

function Other({ file, files, roomId }: OneProps) {
  const kind = kindOf(file);
  // What is sealed comes as a whole: it opens in the window, which says how far it is.
  const plays = (kind === 'video' || kind === 'audio') && !file.sealedIn;
  return (
    <>
      {plays && <Player file={file} kind={kind} />}
      <Card file={file} files={files} roomId={roomId} />
    </>
  );
}

/** What hangs on a message: pictures to look at, players, and cards for the rest. */
export function Attachments({ files, roomId }: Props) {
  const pictures = files.filter((file) => kindOf(file) === 'image');
  return (
    <div className="mt-1.5 flex flex-col items-start gap-1.5">
      <Gallery files={pictures} roomId={roomId} />
      {files.map((file) => (kindOf(file) === 'image' ? null : <Other key={file.id} file={file} files={files} roomId={roomId} />))}
    </div>
  );
}
