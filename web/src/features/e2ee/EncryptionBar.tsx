import { useEffect } from 'react';
import { useClient } from '@/app/client';
import type { Room } from '@/shared/api/types';
import { showError, showToast } from '@/features/notices/actions';
import { hasSecret } from './codec';
import { KeyMissing } from './SecretForm';
import { problems } from './problems';
import { useLock } from './useRoomKeys';

/** A secret in the address goes into the keys, and out of the address: history and a glance at it tell nothing then. */
export function takeFragment(): string | null {
  const { hash, pathname, search } = window.location;
  if (!hasSecret(hash)) return null;
  window.history.replaceState(window.history.state, '', pathname + search);
  return hash;
}

/** Nothing while the room's key is here. */
export function EncryptionBar({ room }: { room: Room }) {
  const client = useClient();
  const lock = useLock(room.id);
  const waiting = lock === 'locked' || lock === 'open';
  useEffect(() => {
    if (!waiting) return;
    const take = () => {
      const secret = takeFragment();
      if (!secret) return;
      client.e2ee.keeper.takeSecret(room.id, secret).then(
        (taken) => {
          if (taken !== 'taken') showToast(client, { id: 'e2ee', tone: 'error', text: { key: problems[taken] } });
        },
        (error: unknown) => showError(client, error),
      );
    };
    take();
    // A link to the place where one is changes nothing but the fragment.
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, [client, room.id, waiting]);
  return lock === 'locked' ? <KeyMissing room={room} /> : null;
}
