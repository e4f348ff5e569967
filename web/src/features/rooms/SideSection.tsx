import { ChevronDown, Plus } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { useClient } from '@/app/client';
import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { localStore } from '@/shared/lib/storage';
import { useStore } from '@/shared/state/store';
import { IconButton } from '@/shared/ui/IconButton';
import { amberOf } from './attention';
import type { SectionName } from './roomsReducer';
import { RoomRow } from './RoomRow';
import { useRowWindow, WHOLE } from './useRowWindow';

const KEY = 'parley.folded';

const readFolded = (): readonly string[] =>
  localStore.read<readonly string[]>(KEY, (value) => (Array.isArray(value) ? (value as string[]) : undefined), []);

/** Whether a section is folded; kept by this device. */
function useFolded(name: SectionName): [folded: boolean, toggle: () => void] {
  const [folded, setFolded] = useState(() => readFolded().includes(name));
  const toggle = () => {
    const others = readFolded().filter((other) => other !== name);
    localStore.write(KEY, folded ? others : [...others, name]);
    setFolded(!folded);
  };
  return [folded, toggle];
}

const NONE: readonly string[] = [];

interface Props {
  name: SectionName;
  rooms: readonly Room[];
  current: string | null;
  /** The room whose row Tab comes to. */
  rover: string | undefined;
  action?: string;
  onAction?: () => void;
}

/** Rooms under a heading that folds them; the one that shows, and those that need me, stay in sight. */
export function SideSection({ name, rooms, current, rover, action, onAction }: Props) {
  const { t } = useI18n();
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const [folded, toggle] = useFolded(name);
  const client = useClient();
  const needing = useStore(client.rooms, (state) => (folded ? rooms.filter(({ id: room }) => amberOf(state, room) > 0).map(({ id: room }) => room) : NONE));
  const listed = folded ? rooms.filter((room) => room.id === current || needing.includes(room.id)) : rooms;
  const { first, end, row } = useRowWindow(list, listed.length, listed.length > WHOLE);
  const shown = listed.slice(first, end);
  const title = t(`side.${name}`);
  const stop = shown.some((room) => room.id === rover) ? rover : listed.some((room) => room.id === rover) ? shown[0]?.id : undefined;
  return (
    <>
      <h3 className="sect">
        <button type="button" className="sect-fold name" aria-expanded={!folded} aria-controls={id} onClick={toggle}>
          {title}
          <ChevronDown size={13} aria-hidden="true" />
        </button>
        {action && <IconButton label={action} icon={Plus} size={16} onClick={onAction} />}
      </h3>
      <ul ref={list} id={id} role="list" aria-label={title} style={{ paddingBlock: `${first * row}px ${(listed.length - end) * row}px` }}>
        {shown.map((room) => (
          <RoomRow key={room.id} room={room} current={room.id === current} tabStop={room.id === stop} />
        ))}
      </ul>
    </>
  );
}
