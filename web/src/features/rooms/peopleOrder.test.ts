import { expect, it } from 'vitest';
import type { Member, Presence, PresenceStatus } from '@/shared/api/types';
import { inPeopleOrder } from './peopleOrder';

const person = (userId: string, role: Member['role']): Member => ({
  userId,
  name: userId,
  handle: userId,
  role,
  guest: role === 'guest',
  avatarUrl: null,
  joinedAt: '2026-01-01T00:00:00.000Z',
  lastSeenAt: null,
  presence: 'offline',
});

it('people stand by presence, then role, then name', () => {
  const at = (status: PresenceStatus): Presence => ({ userId: '', status, lastSeenAt: null });
  const members = [person('zoe', 'owner'), person('mia', 'guest'), person('ada', 'member'), person('bo', 'moderator'), person('cy', 'member'), person('al', 'member')];
  const presence = { zoe: at('offline'), mia: at('online'), ada: at('online'), bo: at('online'), cy: at('in-call') };
  expect(inPeopleOrder(members, presence).map(({ userId }) => userId)).toEqual(['cy', 'bo', 'ada', 'mia', 'zoe', 'al']);
});
