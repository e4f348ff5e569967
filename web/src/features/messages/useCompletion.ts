import { useMemo, useState, type KeyboardEvent } from 'react';
import { useClient } from '@/app/client';
import type { Id, Member } from '@/shared/api/types';
import { useStore } from '@/shared/state/store';
import { mentionBefore } from './format';

export interface Choice {
  readonly id: string;
  readonly name: string;
  readonly handle: string;
  readonly avatarUrl?: string | null;
}

const handleOf = ({ handle, name }: Member): string => handle ?? name.replace(/\s+/g, '');

function matches(choice: Choice, word: string): boolean {
  const wanted = word.toLocaleLowerCase();
  const words = [choice.handle, ...choice.name.split(/\s+/)];
  return words.some((part) => part.toLocaleLowerCase().startsWith(wanted));
}

/** People offered for the @word at the cursor, and the keys that choose among them. */
export function useCompletion(roomId: Id, text: string, cursor: number, put: (from: number, to: number, text: string) => void) {
  const client = useClient();
  const members = useStore(client.rooms, (state) => state.members[roomId]);
  const me = useStore(client.session, (state) => state.user?.id ?? '');
  const [closedAt, setClosedAt] = useState(-1);
  const [at, setAt] = useState(0);
  const open = mentionBefore(text, cursor);
  const from = open && open.from !== closedAt ? open.from : -1;
  const word = open?.word ?? '';
  const choices = useMemo<readonly Choice[]>(() => {
    if (from < 0) return [];
    const people = (members ?? [])
      .filter(({ userId }) => userId !== me)
      .map((member) => ({ id: member.userId, name: member.name, handle: handleOf(member), avatarUrl: member.avatarUrl }));
    const room = { id: 'room', name: 'room', handle: 'room' };
    return [...people, room].filter((choice) => matches(choice, word)).slice(0, 8);
  }, [from, word, members, me]);
  const active = Math.min(at, Math.max(0, choices.length - 1));

  const choose = (choice: Choice | undefined) => {
    if (!choice || from < 0) return;
    put(from, cursor, `@${choice.handle} `);
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
