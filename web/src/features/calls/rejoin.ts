import type { Client } from '@/app/client';
import { showToast } from '@/features/notices/actions';
import { joinCallIn } from './actions';
import type { CallWish } from './activeReducer';

const REJOIN_MS = 10_000;

/** Leaving is one key: the way back stays open for a moment. */
export function offerRejoin(client: Client, { roomId, type, enter }: CallWish): void {
  showToast(client, {
    id: 'rejoin',
    text: { key: 'rejoin.left' },
    ms: REJOIN_MS,
    action: { label: { key: 'rejoin.act' }, run: () => joinCallIn(client, roomId, type, { enter }) },
  });
}
