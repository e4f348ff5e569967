import { useSession } from '@/features/call/session/CallContext';
import { useStore } from '@/shared/state/store';
import type { ShareRoom } from '../ShareContext';
import { tabControl } from './thisTab';
import { useDoubleEscape } from './useDoubleEscape';

/**
 * Somebody controls another tab that I share: the page of the call has the amber frame, too, and Esc Esc takes control
 * back from here. The tab under control does both by itself.
 */
export function GivenAway({ room }: { room: ShareRoom }) {
  const { screen } = useSession();
  const given = useStore(room.store, ({ shares }) => {
    return Object.values(shares).find(({ userId, controllerId }) => userId === room.me && controllerId !== null)?.id ?? null;
  });
  const elsewhere = given !== null && screen.tab() !== tabControl().sign;
  useDoubleEscape(elsewhere, () => {
    if (given !== null) room.revoke(given);
  });
  return elsewhere ? <div className="controlled-frame" data-no-control aria-hidden="true" /> : null;
}
