import type { Client } from '@/app/client';
import type { Room, ServerConfig, User } from '@/shared/api/types';
import { localStore } from '@/shared/lib/storage';

/** What the page needs to show itself without a line: what the server offers, who was here, the names of the rooms. */
export interface KeptShell {
  readonly config: ServerConfig;
  readonly user: User;
  readonly rooms: readonly Room[];
}

const KEY = 'parley.shell';
const MOST_ROOMS = 200;

const parse = (value: unknown): KeptShell | null | undefined =>
  typeof value === 'object' && value !== null && 'config' in value && 'user' in value && 'rooms' in value ? (value as KeptShell) : undefined;

export const keptShell = (): KeptShell | null => localStore.read(KEY, parse, null);

/** Words of people stay out: some of them were sealed. */
const withoutWords = (room: Room): Room => ({ ...room, lastMessage: null });

/** Keeps the shell of whoever is signed in, for the next start; nothing of whoever signs out. */
export function keepShell({ config, session, rooms }: Client): void {
  session.subscribe(() => {
    if (session.getState().phase === 'out') localStore.write(KEY, null);
  });
  let names = '';
  rooms.subscribe(() => {
    const { user } = session.getState();
    const { status, byId } = rooms.getState();
    if (!user || status !== 'ready') return;
    const all = Object.values(byId).slice(0, MOST_ROOMS);
    const now = all.map(({ id, name, flag, archived, role }) => [id, name, flag, archived, role].join(' ')).join('\n');
    if (now === names) return;
    names = now;
    localStore.write(KEY, { config, user, rooms: all.map(withoutWords) } satisfies KeptShell);
  });
}
