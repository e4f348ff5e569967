import { Lock, UserRound, Users } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { useClient } from '@/app/client';
import type { File } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { sizeText } from '@/shared/lib/time';
import { useStore } from '@/shared/state/store';
import { Avatar } from '@/shared/ui/Avatar';
import { changedAt } from './fileListReducer';
import { FileIcon } from './FileIcon';
import type { Face } from './usePeople';
import { useWhen } from './when';

function Seen({ file }: { file: File }) {
  const { t } = useI18n();
  const client = useClient();
  const me = useStore(client.session, (state) => state.user?.id);
  const [Icon, text] = file.roomId
    ? ([Users, t('files.seenByRoom')] as const)
    : file.ownerId === me
      ? ([Lock, t('files.seenByMe')] as const)
      : ([UserRound, t('files.seenByGranted')] as const);
  return (
    <span className="flex items-center gap-1.5">
      <Icon size={15} strokeWidth={1.75} aria-hidden="true" className="flex-none" />
      <span className="truncate">{text}</span>
    </span>
  );
}

/** The name as a field, without its ending chosen. Enter keeps it, Esc does not. */
function NameField({ file, onDone }: { file: File; onDone: (name: string | null) => void }) {
  const { t } = useI18n();
  const field = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(file.name);
  useEffect(() => {
    const dot = file.name.lastIndexOf('.');
    field.current?.focus();
    field.current?.setSelectionRange(0, dot > 0 ? dot : file.name.length);
  }, [file.name]);
  return (
    <input
      ref={field}
      dir="auto"
      aria-label={t('files.newName', { name: file.name })}
      value={name}
      maxLength={255}
      onChange={(event) => setName(event.target.value)}
      onBlur={() => onDone(null)}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') onDone(name.trim() || null);
        if (event.key === 'Escape') onDone(null);
      }}
      className="min-h-8 w-full min-w-0 rounded-md bg-sheet px-2 text-13 inset-ring inset-ring-line-strong dark:bg-sunken"
    />
  );
}

interface Props {
  readonly file: File;
  readonly by: Face;
  readonly room?: string;
  readonly chosen: boolean;
  readonly current: boolean;
  readonly reached: boolean;
  readonly renaming: boolean;
  readonly onName: (name: string | null) => void;
  readonly onClick: (event: MouseEvent) => void;
  readonly onOpen: () => void;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

export function FileRow({ file, by, room, chosen, current, reached, renaming, onName, onClick, onOpen, onFocus, onKeyDown }: Props) {
  const { t, language } = useI18n();
  const when = useWhen();
  const size = sizeText(file.size, language);
  const changed = when(changedAt(file));
  return (
    <tr
      data-file={file.id}
      tabIndex={reached ? 0 : -1}
      aria-selected={chosen}
      aria-current={current || undefined}
      onClick={onClick}
      onDoubleClick={onOpen}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
    >
      <td>
        <span className="flex min-w-0 items-center gap-3">
          <FileIcon file={file} />
          {renaming ? (
            <NameField file={file} onDone={onName} />
          ) : (
            <span className="min-w-0">
              <bdi className="block truncate font-[550]">{file.name}</bdi>
              <span className="file-facts">{[size, changed, by.name, room].filter(Boolean).join(' · ')}</span>
              {room && <bdi className="file-room">{room}</bdi>}
            </span>
          )}
          {file.version > 1 && !renaming && <span className="chip tabular-nums">{t('files.versionShort', { n: file.version })}</span>}
        </span>
      </td>
      <td>
        <span className="flex min-w-0 items-center gap-2">
          <Avatar id={by.id} name={by.name} size={20} url={by.avatarUrl} />
          <bdi className="truncate">{by.name}</bdi>
        </span>
      </td>
      <td className="tabular-nums">{changed}</td>
      <td className="text-end tabular-nums">{size}</td>
      <td>
        <Seen file={file} />
      </td>
    </tr>
  );
}
