import { SlidersHorizontal, Upload as UploadIcon } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { File, Id } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useClient } from '@/app/client';
import { useStore } from '@/shared/state/store';
import { Button } from '@/shared/ui/Button';
import { Field } from '@/shared/ui/Field';
import { Select } from '@/shared/ui/Select';
import './files.css';
import { sortKeyOf } from './fileListReducer';
import { FileTable } from './FileTable';
import { UploadList } from './UploadList';
import type { Upload } from './uploadsReducer';
import { useFilter, type Filter } from './useFilter';
import type { useFileList } from './useFileList';
import { usePeople, type Face } from './usePeople';

interface Props {
  readonly label: string;
  readonly list: ReturnType<typeof useFileList>;
  readonly uploads: readonly Upload[];
  readonly withRoom?: boolean;
  readonly current?: Id;
  readonly onOpen: (file: File) => void;
  /** Where there is a place to share files with. */
  readonly onUpload?: (files: readonly globalThis.File[]) => void;
}

function UploadButton({ onUpload }: { onUpload: (files: readonly globalThis.File[]) => void }) {
  const { t } = useI18n();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button look="primary" size="m" onClick={() => picker.current?.click()}>
        <UploadIcon size={16} aria-hidden="true" />
        {t('files.upload')}
      </Button>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onUpload([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
}

interface FilterProps {
  readonly files: readonly File[];
  readonly people: (id: Id | null | undefined) => Face;
  readonly filter: Filter;
  readonly change: (next: Partial<Filter>) => void;
  readonly withRoom?: boolean;
}

function FilterFields({ files, people, filter, change, withRoom }: FilterProps) {
  const { t } = useI18n();
  const client = useClient();
  const rooms = useStore(client.rooms, (state) => state.byId);
  const owners = [...new Set(files.flatMap(({ ownerId }) => ownerId ?? []))].map((id) => [id, people(id).name] as const);
  const places = [...new Set(files.flatMap(({ roomId }) => roomId ?? []))].map((id) => [id, rooms[id]?.name ?? id] as const);
  const byText = (a: readonly [string, string], b: readonly [string, string]) => a[1].localeCompare(b[1]);
  return (
    <div className="flex flex-wrap gap-3 px-5 pb-3">
      <Field label={t('files.byName')} type="search" value={filter.text} onChange={(text) => change({ text })} className="w-56 max-w-full" />
      <Select
        label={t('files.byPerson')}
        value={filter.ownerId}
        choices={[['', t('files.anybody')], ...owners.toSorted(byText)]}
        onChange={(ownerId) => change({ ownerId })}
      />
      {withRoom && (
        <Select
          label={t('files.inWhich')}
          value={filter.roomId}
          choices={[['', t('files.anywhere')], ...places.toSorted(byText)]}
          onChange={(roomId) => change({ roomId })}
        />
      )}
    </div>
  );
}

function Loading() {
  const { t } = useI18n();
  return (
    <div role="status" aria-label={t('files.loading')} className="px-5">
      {[52, 38, 60, 44, 56, 40].map((width, index) => (
        <p key={index} className="flex h-13 items-center gap-3 border-b border-line-soft">
          <span className="skeleton h-8.5 w-7" />
          <span className="skeleton h-3" style={{ inlineSize: `${width}%` }} />
        </p>
      ))}
    </div>
  );
}

function None({ filtered, clear }: { filtered: boolean; clear: () => void }) {
  const { t } = useI18n();
  return (
    <div className="flex flex-col items-center gap-3 p-10 text-center text-14 text-text-3">
      <p>{t(filtered ? 'files.noneFound' : 'files.none')}</p>
      {filtered && (
        <Button size="m" look="soft" onClick={clear}>
          {t('files.noneFoundAct')}
        </Button>
      )}
    </div>
  );
}

/** Files as a table, with what is on its way up on top, and filters over them. */
export function FilesView({ label, list, uploads, withRoom, current, onOpen, onUpload }: Props) {
  const { t, language } = useI18n();
  const fields = useId();
  const [open, setOpen] = useState(false);
  const { files, loaded, more, dispatch } = list;
  const people = usePeople(files.map(({ ownerId }) => ownerId));
  const { filter, shown, offered, change, clear } = useFilter(files);
  const [sortedBy] = useState(() => sortKeyOf(new URLSearchParams(window.location.search).get('sort')));
  return (
    <>
      <div className="files-bar">
        <div className="seg overflow-x-auto" role="group" aria-label={t('files.show')}>
          {offered.map((group) => (
            <button key={group} type="button" aria-pressed={group === filter.group} onClick={() => change({ group })}>
              {t(`files.${group}`)}
              {group === 'all' && loaded && <span className="text-text-3 tabular-nums">{new Intl.NumberFormat(language).format(files.length)}</span>}
            </button>
          ))}
        </div>
        <span className="flex-1" />
        <Button look="ghost" size="m" aria-expanded={open} aria-controls={fields} onClick={() => setOpen(!open)}>
          <SlidersHorizontal size={16} aria-hidden="true" />
          {t('files.filter')}
        </Button>
        {onUpload && <UploadButton onUpload={onUpload} />}
      </div>
      <div id={fields}>{open && <FilterFields files={files} people={people} filter={filter} change={change} withRoom={withRoom} />}</div>
      <div className="files-box min-h-0 flex-1 overflow-y-auto pb-4">
        <UploadList uploads={uploads} />
        {!loaded && <Loading />}
        {shown.length > 0 && (
          <FileTable
            label={label}
            files={shown}
            people={people}
            withRoom={withRoom}
            current={current}
            sortedBy={sortedBy}
            onOpen={onOpen}
            onRenamed={(file) => dispatch({ type: 'file', file })}
          />
        )}
        {loaded && shown.length === 0 && <None filtered={files.length > 0} clear={clear} />}
        {more && (
          <p className="p-3 text-center">
            <Button look="soft" size="m" onClick={more}>
              {t('app.more')}
            </Button>
          </p>
        )}
      </div>
    </>
  );
}
