import { useClient } from '@/app/client';
import { useStore } from '@/shared/state/store';
import { useKept } from '@/shared/state/kept';
import { missedSeen } from '@/features/calls/missedSeen';
import type { Id } from '@/shared/api/types';
import { attentionOf, missedOf, threadsOf } from './attention';

/** Calls that I missed, everywhere or in one room. */
export function useMissed(roomId?: Id): number {
  const client = useClient();
  const seen = useKept(missedSeen);
  return useStore(client.inbox, (state) => missedOf(state, seen, roomId));
}

/** The one number: mentions, direct messages, answers in threads that I follow, missed calls. */
export function useAttention(): number {
  const client = useClient();
  const named = useStore(client.rooms, attentionOf);
  const threads = useStore(client.inbox, (state) => threadsOf(state, client.rooms.getState()));
  const missed = useMissed();
  return named + threads + missed;
}
