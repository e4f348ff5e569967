import { useClient } from '@/app/client';
import { useStore } from '@/shared/state/store';
import { attentionOf, threadsOf } from './attention';

/** The one number: mentions, direct messages, answers in threads that I follow, missed calls. */
export function useAttention(): number {
  const client = useClient();
  const named = useStore(client.rooms, attentionOf);
  const threads = useStore(client.inbox, (state) => threadsOf(state, client.rooms.getState()));
  const missed = useStore(client.calls, (state) => state.missed);
  return named + threads + missed;
}
