import { useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import type { LogIn } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { momentText } from '@/shared/lib/time';
import { Button } from '@/shared/ui/Button';
import { showError } from '@/features/notices/actions';
import { signOut } from '@/features/session/actions';

/** Browsers in which one is signed in, and the way out of each. */
export function SessionsPage() {
  const { t, language } = useI18n();
  const client = useClient();
  const [list, setList] = useState<readonly LogIn[] | null>(null);
  useEffect(() => {
    client.api.logIns().then(
      ({ items }) => setList(items),
      (error: unknown) => showError(client, error),
    );
  }, [client]);
  return (
    <div className="flex flex-col gap-4">
      <ul role="list" className="flex flex-col gap-1">
        {list?.map((session) => (
          <li key={session.id} className="flex min-h-12 items-center gap-3 rounded-lg px-2 hover:bg-hover">
            <span className="min-w-0 flex-1 text-13">
              <bdi className="block truncate font-semibold">{session.userAgent ?? session.method ?? session.id}</bdi>
              <span className="text-12 text-text-3">
                {momentText(session.lastUsedAt, language)} <bdi dir="ltr">{session.address}</bdi>
              </span>
            </span>
            {session.current ? (
              <span className="chip chip-accent">{t('settings.thisBrowser')}</span>
            ) : (
              <Button
                look="ghost"
                size="s"
                onClick={() => {
                  client.api.endLogIn(session.id).then(
                    () => setList((old) => old?.filter(({ id }) => id !== session.id) ?? null),
                    (error: unknown) => showError(client, error),
                  );
                }}
              >
                {t('side.signOut')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Button className="self-start" onClick={() => void signOut(client, true)}>
        {t('settings.signOutEverywhere')}
      </Button>
    </div>
  );
}
