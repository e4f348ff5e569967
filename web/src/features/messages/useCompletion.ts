import { useMemo, useState, type KeyboardEvent } from 'react';
import { useClient } from '@/app/client';
import { roomPath } from '@/app/router';
import type { Id, Member, Room } from '@/shared/api/types';
import { useStore } from '@/shared/state/store';
import { emojiFor } from './emoji';
import { emojiBefore, mentionBefore, roomBefore } from './format';

export interface Choice {
  readonly id: string;
  readonly name: string;
  /** What is put into the text. */
  readonly puts: string;
  /** Stands at the end of the line: how it is written. */
  readonly hint: string;
  readonly kind: 'person' | 'everybody' | 'room' | 'emoji';
  readonly avatarUrl?: string | null;
  readonly flag?: Room['flag'];
}

const handleOf = ({ handle, name }: Member): string => handle ?? name.replace(/\s+/g, '');

function matches(handle: string, name: string, word: string): boolean {
  const wanted = word.toLocaleLowerCase();
  return [handle, ...name.split(/\s+/)].some((part) => part.toLocaleLowerCase().startsWith(wanted));
}

function people(members: readonly Member[], me: Id, word: string): readonly Choice[] {
  const found = members
    .filter((member) => member.userId !== me && matches(handleOf(member), member.name, word))
    .map((member): Choice => ({
      id: member.userId,
      name: member.name,
      puts: `@${handleOf(member)}`,
      hint: `@${handleOf(member)}`,
      kind: 'person',
      avatarUrl: member.avatarUrl,
    }));
  const room: Choice = { id: 'room', name: 'room', puts: '@room', hint: '@room', kind: 'everybody' };
  return 'room'.startsWith(word.toLocaleLowerCase()) ? [...found, room] : found;
}

/** Rooms that I am in; what is written is a link, which those who may not enter cannot follow. */
function rooms(all: readonly Room[], word: string): readonly Choice[] {
  return all
    .filter(({ type, name }) => type !== 'direct' && matches('', name, word))
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(({ id, name, flag }) => ({
      id,
      name,
      flag,
      puts: `[#${name.replace(/[[\]\\]/g, '\\$&')}](${window.location.origin}${roomPath(id)})`,
      hint: '',
      kind: 'room',
    }));
}

const signs = (word: string): readonly Choice[] =>
  emojiFor(word).map(({ sign, names }) => ({ id: sign, name: sign, puts: sign, hint: `:${names[0] ?? ''}:`, kind: 'emoji' }));

const MOST = 8;

/** People for the @word at the cursor, rooms for the #word, signs for the :word, and the keys that choose among them. */
export function useCompletion(roomId: Id, text: string, cursor: number, put: (from: number, to: number, text: string) => void) {
  const client = useClient();
  const members = useStore(client.rooms, (state) => state.members[roomId]);
  const me = useStore(client.session, (state) => state.user?.id ?? '');
  const [closedAt, setClosedAt] = useState(-1);
  const [at, setAt] = useState(0);
  const byId = useStore(client.rooms, (state) => state.byId);
  const found = { person: mentionBefore(text, cursor), room: roomBefore(text, cursor), emoji: emojiBefore(text, cursor) };
  const open = found.person ?? found.room ?? found.emoji;
  const kind = found.person ? 'person' : found.room ? 'room' : 'emoji';
  const from = open && open.from !== closedAt ? open.from : -1;
  const word = open?.word ?? '';
  const choices = useMemo<readonly Choice[]>(() => {
    if (from < 0) return [];
    if (kind === 'person') return people(members ?? [], me, word).slice(0, MOST);
    return (kind === 'room' ? rooms(Object.values(byId), word) : signs(word)).slice(0, MOST);
  }, [from, word, kind, members, byId, me]);
  const active = Math.min(at, Math.max(0, choices.length - 1));

  const choose = (choice: Choice | undefined) => {
    if (!choice || from < 0) return;
    put(from, cursor, `${choice.puts} `);
    setAt(0);
  };
  /** True when the key was for the list. */
  const onKey = (event: KeyboardEvent): boolean => {
    if (choices.length === 0) return false;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      setAt((active + (event.key === 'ArrowDown' ? 1 : -1) + choices.length) % choices.length);
    } else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') {
      choose(choices[active]);
    } else if (event.key === 'Escape') {
      setClosedAt(from);
    } else {
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { choices, active, choose, onKey };
}
