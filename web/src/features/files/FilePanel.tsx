import { Eye } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useClient } from '@/app/client';
import type { File, Id, Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { sizeText } from '@/shared/lib/time';
import { useStore } from '@/shared/state/store';
import { Banner } from '@/shared/ui/Banner';
import { IconButton } from '@/shared/ui/IconButton';
import { SidePanel } from '@/shared/ui/SidePanel';
import { useSealedPicture } from '@/features/e2ee/useSealedPicture';
import './files.css';
import { FileIcon } from './FileIcon';
import { previewKindOf } from './kinds';
import { Downloads } from './panel/Downloads';
import { FileActs } from './panel/FileActs';
import { Sharing } from './panel/Sharing';
import { useFacts, type Facts } from './panel/useFacts';
import { VersionList } from './panel/VersionList';
import { openPreview } from './previewStore';
import { UploadList } from './UploadList';
import { usePeople } from './usePeople';
import { previewFor, usePicture } from './usePreview';

const WIDTH = 384;

/** How it looks, small; the version that the address names, if it names one. */
function Preview({ file, version }: { file: File; version?: number }) {
  const { t } = useI18n();
  const preview = previewFor(file, WIDTH);
  const older = version !== undefined && version !== file.version;
  const made = usePicture(preview && older ? `${preview.path}?version=${version}` : (preview?.path ?? null));
  const sealed = useSealedPicture(file);
  const url = made.url ?? sealed.url;
  if (previewKindOf(file) === 'none') return null;
  return (
    <div className="prev">
      {url ? <img src={url} alt={file.name} /> : <FileIcon file={file} />}
      <span className="absolute end-2 bottom-2">
        <IconButton
          small
          label={t('files.open', { name: file.name })}
          icon={Eye}
          size={16}
          onClick={() => openPreview([file], file, { roomId: file.roomId, version: older ? version : undefined })}
        />
      </span>
    </div>
  );
}

interface Props {
  readonly room: Room;
  readonly fileId: Id;
  readonly version?: number;
  readonly onClose: () => void;
}

function Content({ facts, room, version, load }: { facts: Facts; room: Room; version?: number; load: () => void }) {
  const client = useClient();
  const { file, versions, grants, downloads } = facts;
  const uploads = useStore(client.uploads, (state) => state.filter(({ replaces }) => replaces === file.id));
  const people = usePeople([...versions.map(({ uploaderId }) => uploaderId), ...grants.map(({ userId }) => userId)]);
  // A version that came up, or was taken back, changes what is listed.
  const under = useRef(uploads.length);
  useEffect(() => {
    if (uploads.length < under.current) load();
    under.current = uploads.length;
  }, [uploads.length, load]);
  return (
    <>
      <Preview file={file} version={version} />
      {uploads.length > 0 && (
        <div className="-mx-1 mt-3">
          <UploadList uploads={uploads} />
        </div>
      )}
      <VersionList facts={facts} room={room} people={people} chosen={version} load={load} />
      <Sharing facts={facts} room={room} people={people} load={load} />
      {downloads && <Downloads downloads={downloads} people={people} />}
    </>
  );
}

/** One file: how it looks, its versions, who sees it, who fetched it. */
export function FilePanel({ room, fileId, version, onClose }: Props) {
  const { t, phrase, language } = useI18n();
  const { facts, failure, load } = useFacts(fileId);
  const file = facts?.file;
  return (
    <SidePanel
      label={t('files.panel')}
      title={file?.name ?? t('files.panel')}
      sub={file ? t('files.checked', { size: sizeText(file.size, language) }) : room.name}
      lead={file && <FileIcon file={file} />}
      head={facts && !failure && <FileActs file={facts.file} roomId={room.id} versions={facts.versions.length} load={load} onGone={onClose} />}
      onClose={onClose}
    >
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
        {failure && (
          <div className="p-4">
            <Banner tone="error">{phrase(failure)}</Banner>
          </div>
        )}
        {facts && !failure && <Content facts={facts} room={room} version={version} load={load} />}
      </div>
    </SidePanel>
  );
}
