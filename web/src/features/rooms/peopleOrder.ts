import type { Member, Presence, PresenceStatus } from '@/shared/api/types';

const presences: readonly PresenceStatus[] = ['in-call', 'online', 'busy', 'away', 'offline'];
const roles: readonly Member['role'][] = ['owner', 'moderator', 'member', 'guest'];

/** Those who are here first; among them those who lead, then by name. */
export function inPeopleOrder(members: readonly Member[], presence: Readonly<Record<string, Presence>>): readonly Member[] {
  const here = ({ userId }: Member) => presences.indexOf(presence[userId]?.status ?? 'offline');
  const rank = ({ role }: Member) => roles.indexOf(role);
  return members.toSorted((a, b) => here(a) - here(b) || rank(a) - rank(b) || a.name.localeCompare(b.name));
}
