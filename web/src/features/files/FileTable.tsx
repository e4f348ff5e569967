import { ChevronDown, ChevronUp, Download, X } from 'lucide-react';
import { useId, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { useClient } from '@/app/client';
import type { File, Id } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Button } from '@/shared/ui/Button';
import { showError, showToast } from '@/features/notices/actions';
import { downloadFile } from './actions';
import { FileRow } from './FileRow';
import { firstSorting, sortFiles, type SortKey, type Sorting } from './fileListReducer';
import { openPreview } from './previewStore';
import { stepOf } from './tableKeys';
import type { Face } from './usePeople';

interface Props {
  readonly label: string;
  readonly files: readonly File[];
  readonly people: (id: Id | null | undefined) => Face;
  /** Rows say which room they are of. */
  readonly withRoom?: boolean;
  /** Whose panel is open. */
  readonly current?: Id;
  readonly sortedBy: SortKey;
  readonly onOpen: (file: File) => void;
  readonly onRenamed: (file: File) => void;
}

function Heads({ sorting, onSort }: { sorting: Sorting; onSort: (key: SortKey) => void }) {
  const { t } = useI18n();
  const keys: readonly SortKey[] = ['name', 'by', 'changed', 'size'];
  const Arrow = sorting.down ? ChevronDown : ChevronUp;
  return (
    <tr>
      {keys.map((key) => (
        <th key={key} scope="col" aria-sort={sorting.key === key ? (sorting.down ? 'descending' : 'ascending') : undefined}>
          <button type="button" onClick={() => onSort(key)}>
            {t(`files.${key}`)}
            {sorting.key === key && <Arrow size={13} aria-hidden="true" />}
          </button>
        </th>
      ))}
      <th scope="col">{t('files.seenBy')}</th>
    </tr>
  );
}

function ChosenBar({ files, onNone }: { files: readonly File[]; onNone: () => void }) {
  const { t } = useI18n();
  const client = useClient();
  const download = async () => {
    // One after the other: browsers ask once, then let the rest through.
    for (const file of files) await downloadFile(client, file);
  };
  if (files.length < 2) return null;
  return (
    <div className="sticky top-0 z-10 flex items-center gap-2 bg-accent-soft px-5 py-1.5 text-13 font-semibold text-accent">
      <span role="status" className="flex-1">
        {t('files.chosen', { n: files.length })}
      </span>
      <Button size="s" look="ghost" onClick={() => void download()}>
        <Download size={15} aria-hidden="true" />
        {t('files.get')}
      </Button>
      <Button size="s" look="ghost" onClick={onNone}>
        <X size={15} aria-hidden="true" />
        {t('files.unchoose')}
      </Button>
    </div>
  );
}

/** Which files are chosen, and which one the keys are on. */
function useChoosing(sorted: readonly File[]) {
  const [chosen, setChosen] = useState<ReadonlySet<Id>>(new Set());
  const [at, setAt] = useState<Id | null>(null);
  const there = sorted.some(({ id }) => id === at);
  const indexOf = (id: Id | null) => sorted.findIndex((file) => file.id === id);
  return {
    chosen: sorted.filter(({ id }) => chosen.has(id)),
    reached: there ? at : (sorted[0]?.id ?? null),
    reach: setAt,
    all: () => setChosen(new Set(sorted.map(({ id }) => id))),
    none: () => setChosen(new Set()),
    toggle: (id: Id) => setChosen((old) => (old.has(id) ? new Set([...old].filter((other) => other !== id)) : new Set([...old, id]))),
    upTo: (id: Id) => {
      const [from, to] = [indexOf(at ?? id), indexOf(id)].sort((a, b) => a - b);
      setChosen(new Set(sorted.slice(from, (to ?? 0) + 1).map((file) => file.id)));
    },
  };
}

/** Files as a table: sorted by a click on a head, walked with arrows, looked at with Space. */
export function FileTable({ label, files, people, withRoom, current, sortedBy, onOpen, onRenamed }: Props) {
  const { t } = useI18n();
  const client = useClient();
  const rooms = useStore(client.rooms, (state) => state.byId);
  const hint = useId();
  const body = useRef<HTMLTableSectionElement>(null);
  const [sorting, setSorting] = useState<Sorting>(() => firstSorting(sortedBy));
  const [renaming, setRenaming] = useState<Id | null>(null);
  const sorted = sortFiles(files, sorting, (id) => people(id).name);
  const choosing = useChoosing(sorted);

  const focusRow = (id: Id | undefined) => {
    if (id !== undefined) body.current?.querySelector<HTMLElement>(`[data-file="${CSS.escape(id)}"]`)?.focus();
  };
  const rename = (file: File, name: string | null) => {
    setRenaming(null);
    requestAnimationFrame(() => focusRow(file.id));
    if (!name || name === file.name) return;
    client.api.renameFile(file.id, name).then(onRenamed, (error: unknown) => showError(client, error));
  };
  const beginRename = async (file: File) => {
    try {
      // Lists leave out what I may: it is asked for when it matters.
      const { canEdit, sealedIn } = file.canEdit === undefined ? await client.api.file(file.id) : file;
      if (canEdit && !sealedIn) setRenaming(file.id);
      else showToast(client, { text: { key: 'error.permission' } });
    } catch (error) {
      showError(client, error);
    }
  };
  const onKey = (event: KeyboardEvent, file: File) => {
    if (event.target !== event.currentTarget) return;
    const step = stepOf(event, sorted, file.id);
    if (step !== null) focusRow(sorted[step]?.id);
    else if (event.key === ' ') openPreview(sorted, file, { roomId: file.roomId });
    else if (event.key === 'Enter') onOpen(file);
    else if (event.key === 'F2') void beginRename(file);
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) choosing.all();
    else if (event.key === 'Escape' && choosing.chosen.length > 0) choosing.none();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onClick = (event: MouseEvent, file: File) => {
    if (event.ctrlKey || event.metaKey) choosing.toggle(file.id);
    else if (event.shiftKey) choosing.upTo(file.id);
    else onOpen(file);
  };
  return (
    <>
      <ChosenBar files={choosing.chosen} onNone={choosing.none} />
      <table className="file-table" aria-label={label} aria-describedby={hint}>
        <thead>
          <Heads sorting={sorting} onSort={(key) => setSorting((old) => (old.key === key ? { key, down: !old.down } : firstSorting(key)))} />
        </thead>
        <tbody ref={body}>
          {sorted.map((file) => (
            <FileRow
              key={file.id}
              file={file}
              by={people(file.ownerId)}
              room={withRoom && file.roomId ? rooms[file.roomId]?.name : undefined}
              chosen={choosing.chosen.includes(file)}
              current={file.id === current}
              reached={file.id === choosing.reached}
              renaming={renaming === file.id}
              onName={(name) => rename(file, name)}
              onClick={(event) => onClick(event, file)}
              onOpen={() => openPreview(sorted, file, { roomId: file.roomId })}
              onFocus={() => choosing.reach(file.id)}
              onKeyDown={(event) => onKey(event, file)}
            />
          ))}
        </tbody>
      </table>
      <p id={hint} className="sr-only">
        {t('files.keys')}
      </p>
    </>
  );
}
