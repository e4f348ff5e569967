import type { Call, Id } from '@/shared/api/types';

export type Fate = 'elsewhere' | 'missed';

/** What became of a call that rang here and was not answered here; null while it rings, and when I declined it. */
export function fateOf(call: Call, me: Id): Fate | null {
  const mine = call.participants.find(({ userId }) => userId === me)?.status;
  if (mine === 'joined') return 'elsewhere';
  return mine === 'missed' || call.status === 'missed' || call.status === 'cancelled' ? 'missed' : null;
}
