import { useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import { navigate, roomPath } from '@/app/router';
import { useI18n, type Phrase } from '@/shared/i18n';
import { Banner } from '@/shared/ui/Banner';
import { Button } from '@/shared/ui/Button';
import { doorPhrase } from '@/features/session/doorPhrase';
import { loadRooms } from './actions';

/** Takes the invitation of a link and goes into its room. */
export function InvitationPage({ token }: { token: string }) {
  const { t, phrase } = useI18n();
  const client = useClient();
  const [failure, setFailure] = useState<Phrase | null>(null);
  useEffect(() => {
    let here = true;
    client.api.acceptInvitation(token).then(
      async ({ roomId }) => {
        await loadRooms(client);
        if (here) navigate(roomPath(roomId), { replace: true });
      },
      (error: unknown) => {
        if (here) setFailure(doorPhrase(error));
      },
    );
    return () => {
      here = false;
    };
  }, [client, token]);
  return (
    <main className="sheet flex-1 items-center justify-center gap-4 p-6 text-center">
      {failure ? (
        <>
          <Banner tone="error">{phrase(failure)}</Banner>
          <Button onClick={() => navigate('/', { replace: true })}>{t('invite.back')}</Button>
        </>
      ) : (
        <p role="status">{t('invite.entering')}</p>
      )}
    </main>
  );
}
