import { Columns2, Download, Ellipsis, Eye, RotateCcw } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useClient } from '@/app/client';
import type { FileVersion, Id, Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { sizeText } from '@/shared/lib/time';
import { Avatar } from '@/shared/ui/Avatar';
import { Button } from '@/shared/ui/Button';
import { IconButton } from '@/shared/ui/IconButton';
import { Menu, MenuItem } from '@/shared/ui/Menu';
import { showError, showToast } from '@/features/notices/actions';
import { downloadFile } from '../actions';
import { openPreview } from '../previewStore';
import type { Face } from '../usePeople';
import { useWhen } from '../when';
import { CompareDialog } from './CompareDialog';
import { differenceText } from './difference';
import { NewVersion } from './NewVersion';
import type { Facts } from './useFacts';

interface Props {
  readonly facts: Facts;
  readonly room: Room;
  readonly people: (id: Id | null | undefined) => Face;
  /** The version that the address names. */
  readonly chosen?: number;
  readonly load: () => void;
}

interface ItemProps {
  readonly facts: Facts;
  readonly version: FileVersion;
  readonly before?: FileVersion;
  readonly by: Face;
  readonly chosen: boolean;
  readonly reached: boolean;
  readonly onFocus: () => void;
  readonly onRestore: () => void;
  readonly onCompare: () => void;
}

function VersionFacts({ version, before, by }: Pick<ItemProps, 'version' | 'before' | 'by'>) {
  const { t, language } = useI18n();
  const when = useWhen();
  const { note, restoredFrom } = version;
  return (
    <>
      {(note !== '' || restoredFrom !== null) && (
        <p className="mt-px text-13 text-text-2" dir="auto">
          {note || t('files.restoredFrom', { n: restoredFrom ?? 0 })}
        </p>
      )}
      <p className="mt-1 flex flex-wrap items-center gap-x-1.5 text-12 text-text-3 tabular-nums">
        <Avatar id={by.id} name={by.name} size={16} url={by.avatarUrl} />
        <span>
          <bdi>{by.name}</bdi> · {when(version.createdAt)} · {sizeText(version.size, language)}
        </span>
        {before && before.size !== version.size && (
          <bdi dir="ltr" className="difference">
            {differenceText(version.size - before.size, language)}
          </bdi>
        )}
      </p>
    </>
  );
}

function VersionItem({ facts, version, before, by, chosen, reached, onFocus, onRestore, onCompare }: ItemProps) {
  const { t } = useI18n();
  const client = useClient();
  const { file } = facts;
  const { number } = version;
  const current = number === file.version;
  const look = () => openPreview([file], file, { roomId: file.roomId, version: current ? undefined : number });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.key !== 'Enter') return;
    event.preventDefault();
    if (event.shiftKey) onCompare();
    else look();
  };
  return (
    // A row that is walked with arrows and opened with Enter; its buttons are the same acts for the pointer.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      className="ver"
      data-current={current}
      data-chosen={chosen}
      data-version={number}
      aria-current={chosen || undefined}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
      tabIndex={reached ? 0 : -1}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
    >
      <div className="min-w-0 flex-1">
        <p className="flex min-h-7 items-center gap-2 text-13">
          <b className="font-semibold tabular-nums">{t('files.version', { n: number })}</b>
          {current && <span className="chip chip-accent">{t('files.current')}</span>}
          <span className="flex-1" />
          {!current && file.canEdit && (
            <Button look="ghost" size="s" onClick={onRestore}>
              <RotateCcw size={14} aria-hidden="true" />
              {t('files.restore')}
            </Button>
          )}
          <Menu trigger={<IconButton small label={t('files.moreOfVersion', { n: number })} icon={Ellipsis} size={16} />}>
            <MenuItem icon={Eye} keys="Enter" onSelect={look}>
              {t('files.previewVersion')}
            </MenuItem>
            <MenuItem icon={Download} onSelect={() => void downloadFile(client, file, number)}>
              {t('files.downloadVersion', { n: number })}
            </MenuItem>
            {facts.versions.length > 1 && (
              <MenuItem icon={Columns2} keys="Shift Enter" onSelect={onCompare}>
                {t('files.compare')}
              </MenuItem>
            )}
          </Menu>
        </p>
        <VersionFacts version={version} before={before} by={by} />
      </div>
    </li>
  );
}

/** With the one before it; the first with the one after. */
const partnerOf = (versions: readonly FileVersion[], number: number): number | undefined => {
  const at = versions.findIndex((version) => version.number === number);
  return (versions[at + 1] ?? versions[at - 1])?.number;
};

/** All versions, newest first: what changed, by whom, and the way back. */
export function VersionList({ facts, room, people, chosen, load }: Props) {
  const { t } = useI18n();
  const client = useClient();
  const list = useRef<HTMLOListElement>(null);
  const { file, versions } = facts;
  const [at, setAt] = useState(chosen ?? file.version);
  const [compared, setCompared] = useState<number | null>(null);
  const partner = compared === null ? undefined : partnerOf(versions, compared);
  const reached = versions.some(({ number }) => number === at) ? at : versions[0]?.number;

  const restore = (number: number) => {
    client.api.restoreVersion(file.id, number).then(
      (next) => {
        showToast(client, { text: { key: 'files.restored', parameters: { n: number, now: next.version } } });
        load();
      },
      (error: unknown) => showError(client, error),
    );
  };
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const index = versions.findIndex(({ number }) => number === reached);
    const next = versions[Math.min(versions.length - 1, Math.max(0, index + step))];
    event.preventDefault();
    list.current?.querySelector<HTMLElement>(`[data-version="${next?.number ?? 0}"]`)?.focus();
  };
  return (
    <section aria-label={t('files.versions')} className="px-4 pt-3.5 pb-2">
      <div className="flex items-center gap-2">
        <h3 className="flex-1 text-14 font-semibold">{t('files.versions')}</h3>
        {file.canEdit && <NewVersion file={file} room={room} />}
      </div>
      {/* Arrows walk the rows, which take the focus themselves. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ol ref={list} onKeyDown={walk}>
        {versions.map((version, index) => (
          <VersionItem
            key={version.number}
            facts={facts}
            version={version}
            before={versions[index + 1]}
            by={people(version.uploaderId)}
            chosen={version.number === chosen}
            reached={version.number === reached}
            onFocus={() => setAt(version.number)}
            onRestore={() => restore(version.number)}
            onCompare={() => setCompared(version.number)}
          />
        ))}
      </ol>
      {compared !== null && partner !== undefined && (
        <CompareDialog facts={facts} people={people} first={Math.min(compared, partner)} second={Math.max(compared, partner)} onClose={() => setCompared(null)} />
      )}
    </section>
  );
}
