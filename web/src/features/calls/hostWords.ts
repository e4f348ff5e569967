import { useCallback, useEffect, useReducer, useRef } from 'react';
import { firstName } from '@/shared/lib/firstName';
import { userOf } from '@/features/call/session/RoomCallContext';
import type { CallSession } from '@/features/call/session/types';

/** Somebody's last word on whom everybody shall see large. */
export interface Said {
  readonly by: string;
  readonly identity: string | null;
}

export type SaidAction =
  | { readonly type: 'said'; readonly said: Said }
  | { readonly type: 'people'; readonly present: ReadonlySet<string>; readonly hosts: ReadonlySet<string> };

/** The newest word of a host; what others say is kept, for it may be known only later that they are one. */
const lastOf = (words: readonly Said[], hosts: ReadonlySet<string>): Said | undefined =>
  words.filter(({ by }) => hosts.has(userOf(by))).at(-1);

/** A spotlight goes with the host who made it; an older one does not come back. */
export function saidReducer(words: readonly Said[], action: SaidAction): readonly Said[] {
  if (action.type === 'said') return [...words.filter(({ by }) => by !== action.said.by), action.said];
  const last = lastOf(words, action.hosts);
  return last && !action.present.has(last.by) ? [] : words;
}

export const spotlightOf = (words: readonly Said[], hosts: ReadonlySet<string>): Said | undefined => {
  const last = lastOf(words, hosts);
  return last?.identity == null ? undefined : last;
};

/** What hosts say: that it was they who silenced me, that they would like to hear me, and whom they show large to everybody. */
export function useHostWords(session: CallSession, hosts: readonly string[]): { spotlight: string | null; show: (identity: string | null) => void } {
  const [words, dispatch] = useReducer(saidReducer, []);
  const may = new Set(hosts);
  const now = spotlightOf(words, may);
  const known = useRef({ may, now });
  useEffect(() => {
    known.current = { may, now };
  });
  useEffect(
    () =>
      session.words.on(({ identity: by, name }, word) => {
        if (word.type === 'spotlight') dispatch({ type: 'said', said: { by, identity: word.identity } });
        else if (!known.current.may.has(userOf(by))) return;
        else if (word.type === 'muted') session.mutedBy(word.kind, name);
        else if (session.store.getState().people.some(({ me, microphone }) => me && !microphone)) {
          const text = { key: 'muted.asked', parameters: { name: firstName(name) } } as const;
          session.store.dispatch({ type: 'notice', notice: { id: 'ask-unmute', tone: 'warn', text, action: 'unmute' } });
        }
      }),
    [session],
  );
  // My own spotlight is told to those who come later.
  useEffect(() => {
    let before = session.store.getState().people;
    return session.store.subscribe(() => {
      const { people } = session.store.getState();
      if (people === before) return;
      const fresh = people.filter(({ me, identity }) => !me && !before.some((old) => old.identity === identity));
      before = people;
      const present = new Set(people.map(({ identity }) => identity));
      dispatch({ type: 'people', present, hosts: known.current.may });
      const { now: shown } = known.current;
      const mine = shown && people.some(({ me, identity }) => me && identity === shown.by);
      if (mine && fresh.length > 0) session.words.tell({ type: 'spotlight', identity: shown.identity }, fresh.map(({ identity }) => identity));
    });
  }, [session]);
  const identity = now?.identity ?? null;
  useEffect(() => {
    if (identity === null) return;
    const person = session.store.getState().people.find((one) => one.identity === identity);
    if (!person) return;
    if (person.me) session.store.dispatch({ type: 'notice', notice: { id: 'spotlight', tone: 'warn', text: { key: 'stage.spotlightYou' }, brief: true } });
    else session.store.dispatch({ type: 'status', status: { key: 'status.spotlight', parameters: { name: person.name } } });
  }, [session, identity]);
  const show = useCallback(
    (to: string | null) => {
      const me = session.store.getState().people.find((one) => one.me);
      if (me) dispatch({ type: 'said', said: { by: me.identity, identity: to } });
      session.words.tell({ type: 'spotlight', identity: to });
    },
    [session],
  );
  return { spotlight: identity, show };
}
