import { Download, History, Link2, Lock, Trash2, Upload as UploadIcon, Users } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from '@/app/client';
import type { File, FileDownload, FileGrant, FileVersion, Id, Room } from '@/shared/api/types';
import { useI18n, type Phrase } from '@/shared/i18n';
import { momentText, sizeText } from '@/shared/lib/time';
import { useStore } from '@/shared/state/store';
import { Banner } from '@/shared/ui/Banner';
import { Button } from '@/shared/ui/Button';
import { IconButton } from '@/shared/ui/IconButton';
import { SidePanel } from '@/shared/ui/SidePanel';
import { errorPhrase, showError } from '@/features/notices/actions';
import { useSealedPicture } from '@/features/e2ee/useSealedPicture';
import { downloadFile, uploadVersion } from './actions';
import { FileIcon } from './FileIcon';
import { LinkForm } from './LinkForm';
import { UploadRow } from './PendingFiles';
import { previewFor, usePicture } from './usePreview';

interface Facts {
  readonly file: File;
  readonly versions: readonly FileVersion[];
  readonly grants: readonly FileGrant[];
  readonly downloads: readonly FileDownload[];
}

/** All that is known of a file. What one may not see stays empty. */
function useFacts(fileId: Id, news: number) {
  const client = useClient();
  const [facts, setFacts] = useState<Facts | null>(null);
  const [failure, setFailure] = useState<Phrase | null>(null);
  const load = useCallback(() => {
    const none = { items: [] };
    const ask = async () => {
      const [file, versions] = await Promise.all([client.api.file(fileId), client.api.versions(fileId)]);
      // Who sees and who fetched it is for those who may give it away.
      const [grants, downloads] = file.canGrant
        ? await Promise.all([client.api.grants(fileId), client.api.downloads(fileId)])
        : [none, none];
      return { file, versions: versions.items, grants: grants.items, downloads: downloads.items };
    };
    ask().then(
      (all) => {
        setFacts(all);
        setFailure(null);
      },
      (error: unknown) => setFailure(errorPhrase(error)),
    );
  }, [client, fileId]);
  useEffect(() => load(), [load, news]);
  return { facts, failure, load };
}

function useNames(room: Room): (id: Id | null | undefined) => string {
  const { t } = useI18n();
  const client = useClient();
  const members = useStore(client.rooms, (state) => state.members[room.id]);
  return (id) => members?.find(({ userId }) => userId === id)?.name ?? t('people.unknown');
}

function Preview({ file }: { file: File }) {
  const { url: made } = usePicture(previewFor(file, 384)?.path ?? null);
  const sealed = useSealedPicture(file);
  const url = made ?? sealed.url;
  if (!url) return null;
  return <img src={url} alt={file.name} className="mx-auto max-h-80 w-full bg-sunken object-contain" />;
}

function Versions({ facts, names, load }: { facts: Facts; names: (id: Id | null | undefined) => string; load: () => void }) {
  const { t, language } = useI18n();
  const client = useClient();
  const { file, versions } = facts;
  const sorted = versions.toSorted((a, b) => b.number - a.number);
  return (
    <section aria-label={t('files.versions')} className="border-t border-line-soft p-4">
      <h3 className="mb-2 flex items-center gap-2 text-13 font-semibold">
        <History size={15} aria-hidden="true" />
        {t('files.versions')}
      </h3>
      <ol className="flex flex-col gap-1">
        {sorted.map((version, index) => {
          const before = sorted[index + 1];
          const more = before ? version.size - before.size : 0;
          const difference = more === 0 ? '' : `${more > 0 ? '+' : '−'}${sizeText(Math.abs(more), language)}`;
          const current = version.number === file.version;
          return (
            <li key={version.number} className={`flex items-center gap-2 rounded-lg px-2 py-1.5 ${current ? 'bg-accent-soft' : 'hover:bg-hover'}`}>
              <span className="min-w-0 flex-1 text-13">
                <span className="font-semibold">{t('files.version', { n: version.number })}</span>
                {current && <span className="chip chip-accent ms-2">{t('files.current')}</span>}
                <span className="block truncate text-12 text-text-2">
                  <bdi>{names(version.uploaderId)}</bdi> · {momentText(version.createdAt, language)} · {sizeText(version.size, language)}{' '}
                  <bdi dir="ltr">{difference}</bdi>
                </span>
                {version.note && (
                  <span className="block truncate text-12" dir="auto">
                    {version.note}
                  </span>
                )}
              </span>
              <IconButton
                small
                label={t('files.downloadVersion', { n: version.number })}
                icon={Download}
                size={15}
                onClick={() => void downloadFile(client, file, version.number)}
              />
              {!current && file.canEdit && (
                <Button
                  look="ghost"
                  size="s"
                  onClick={() => {
                    client.api.restoreVersion(file.id, version.number).then(load, (error: unknown) => showError(client, error));
                  }}
                >
                  {t('files.restore')}
                </Button>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Grants({ facts, names, room, load }: { facts: Facts; names: (id: Id | null | undefined) => string; room: Room; load: () => void }) {
  const { t, language } = useI18n();
  const client = useClient();
  const { file, grants } = facts;
  const text = (grant: FileGrant) =>
    grant.kind === 'user' ? names(grant.userId) : grant.kind === 'room' ? t('files.grantRoom') : t('files.grantLink');
  return (
    <section aria-label={t('files.who')} className="border-t border-line-soft p-4">
      <h3 className="mb-2 flex items-center gap-2 text-13 font-semibold">
        <Users size={15} aria-hidden="true" />
        {t('files.who')}
      </h3>
      <p className="mb-1 text-13 text-text-2">{t('files.roomSees', { room: room.name })}</p>
      <ul role="list" className="flex flex-col gap-1">
        {grants.map((grant) => (
          <li key={grant.id} className="flex items-center gap-2 text-13">
            {grant.kind === 'link' && <Link2 size={15} aria-hidden="true" className="text-text-3" />}
            <bdi className="min-w-0 flex-1 truncate">{text(grant)}</bdi>
            {grant.password && <Lock size={14} aria-label={t('files.withPassword')} />}
            {grant.expiresAt && <span className="text-12 text-text-3">{t('files.until', { time: momentText(grant.expiresAt, language) })}</span>}
            {file.canGrant && (
              <IconButton
                small
                label={t('files.revoke')}
                icon={Trash2}
                size={14}
                onClick={() => {
                  client.api.removeGrant(file.id, grant.id).then(load, (error: unknown) => showError(client, error));
                }}
              />
            )}
          </li>
        ))}
      </ul>
      {file.canGrant && !file.sealedIn && <LinkForm fileId={file.id} onMade={load} />}
    </section>
  );
}

function Downloads({ downloads }: { downloads: readonly FileDownload[] }) {
  const { t, language } = useI18n();
  if (downloads.length === 0) return null;
  return (
    <section aria-label={t('files.downloads')} className="border-t border-line-soft p-4">
      <h3 className="mb-2 flex items-center gap-2 text-13 font-semibold">
        <Download size={15} aria-hidden="true" />
        {t('files.downloads')}
      </h3>
      <ul role="list" className="flex flex-col gap-1 text-13">
        {downloads.map((item) => (
          <li key={item.id} className="flex gap-2">
            <bdi className="min-w-0 flex-1 truncate">{item.userName ?? t('files.byLink')}</bdi>
            <span className="text-12 text-text-3">
              {t('files.version', { n: item.version })} · {momentText(item.startedAt, language)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One file: how it looks, its versions, who sees it, who fetched it. */
export function FilePanel({ room, fileId, onClose }: { room: Room; fileId: Id; onClose: () => void }) {
  const { t, phrase, language } = useI18n();
  const client = useClient();
  const picker = useRef<HTMLInputElement>(null);
  const uploads = useStore(client.uploads, (state) => state.filter(({ replaces }) => replaces === fileId));
  const [sure, setSure] = useState(false);
  const { facts, failure, load } = useFacts(fileId, uploads.length);
  const names = useNames(room);
  const file = facts?.file;
  return (
    <SidePanel label={t('files.panel')} title={file?.name ?? t('files.panel')} sub={room.name} onClose={onClose}>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {failure && (
          <div className="p-4">
            <Banner tone="error">{phrase(failure)}</Banner>
          </div>
        )}
        {facts && file && (
          <>
            <Preview file={file} />
            <div className="flex flex-col gap-3 p-4">
              <p className="flex items-center gap-3">
                <FileIcon file={file} />
                <span className="min-w-0 text-12 text-text-2">
                  <bdi className="block truncate text-14 font-semibold text-text">{file.name}</bdi>
                  {t('files.version', { n: file.version })} · {sizeText(file.size, language)} · {momentText(file.createdAt, language)}
                </span>
              </p>
              <div className="flex flex-wrap gap-2">
                <Button look="primary" size="m" onClick={() => void downloadFile(client, file)}>
                  <Download size={16} aria-hidden="true" />
                  {t('files.get')}
                </Button>
                {file.canEdit && (
                  <Button size="m" onClick={() => picker.current?.click()}>
                    <UploadIcon size={16} aria-hidden="true" />
                    {t('files.newVersion')}
                  </Button>
                )}
                {file.canDelete && (
                  <Button
                    size="m"
                    look={sure ? 'danger' : 'ghost'}
                    onClick={() => {
                      if (!sure) setSure(true);
                      else client.api.deleteFile(file.id).then(onClose, (error: unknown) => showError(client, error));
                    }}
                  >
                    {t(sure ? 'files.deleteSure' : 'files.delete')}
                  </Button>
                )}
                <input
                  ref={picker}
                  type="file"
                  hidden
                  onChange={(event) => {
                    const [next] = event.target.files ?? [];
                    if (next) uploadVersion(client, room.id, file.id, next);
                    event.target.value = '';
                  }}
                />
              </div>
              {uploads.length > 0 && (
                <ul>
                  {uploads.map((upload) => (
                    <UploadRow key={upload.id} upload={upload} />
                  ))}
                </ul>
              )}
            </div>
            <Versions facts={facts} names={names} load={load} />
            <Grants facts={facts} names={names} room={room} load={load} />
            <Downloads downloads={facts.downloads} />
          </>
        )}
      </div>
    </SidePanel>
  );
}
