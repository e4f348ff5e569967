import type { Call, Id } from '@/shared/api/types';

export type HistoryFilter = 'all' | 'missed';

/** Missed by me: it rang here and nobody answered here. */
export const missedBy = (call: Call, me: Id): boolean =>
  call.missed ?? (call.initiatorId !== me && call.participants.some(({ userId, status }) => userId === me && status === 'missed'));

export const filtered = (calls: readonly Call[], filter: HistoryFilter, me: Id): readonly Call[] =>
  filter === 'all' ? calls : calls.filter((call) => missedBy(call, me));

export const goesOn = ({ status }: Call): boolean => status === 'active' || status === 'ringing';

type Outcome = 'now' | 'missed' | 'declined' | 'unanswered' | 'length';

/** How a call ended, for me. */
export function outcomeOf(call: Call, me: Id): Outcome {
  if (goesOn(call)) return 'now';
  if (missedBy(call, me)) return 'missed';
  if (call.duration > 0) return 'length';
  return call.status === 'declined' ? 'declined' : 'unanswered';
}
