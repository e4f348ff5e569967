import { useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import { navigate, roomPath } from '@/app/router';
import { toApiError } from '@/shared/api/errors';
import type { GuestLinkPreview } from '@/shared/api/types';
import { useI18n, type Phrase } from '@/shared/i18n';
import { momentText } from '@/shared/lib/time';
import { Banner } from '@/shared/ui/Banner';
import { enterAsGuest } from './actions';
import { Door } from './Door';
import { DoorForm, Known, NameField, PasswordField, useDoor, useFailureOf } from './DoorForm';
import { doorPhrase } from './doorPhrase';
import { Splash } from './Splash';

type Preview = { readonly link: GuestLinkPreview } | { readonly failure: Phrase } | null;

/** What the link is for. A server that is away, or does not say, keeps nobody from trying the link. */
function usePreview(token: string): Preview {
  const client = useClient();
  const [preview, setPreview] = useState<Preview>(null);
  useEffect(() => {
    let here = true;
    client.api.guestLinkPreview(token).then(
      (link) => here && setPreview({ link }),
      (error: unknown) => {
        const { offline, code } = toApiError(error);
        const spent = !offline && (code === 'not-found' || code === 'gone' || code === 'failed-precondition');
        if (here && spent) setPreview({ failure: doorPhrase(error) });
      },
    );
    return () => {
      here = false;
    };
  }, [client, token]);
  return preview;
}

function GuestForm({ token, withPassword }: { token: string; withPassword: boolean }) {
  const { t } = useI18n();
  const client = useClient();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const door = useDoor(() => enterAsGuest(client, { token, name: name.trim(), ...(withPassword ? { password } : {}) }));
  const failureOf = useFailureOf(door);
  return (
    <DoorForm door={door} action={t('door.guestEnter')} fields={['name', 'password']}>
      <NameField value={name} onChange={setName} error={failureOf('name')} />
      {withPassword && (
        <PasswordField value={password} onChange={setPassword} error={failureOf('password')} hint={t('door.guestPassword')} />
      )}
    </DoorForm>
  );
}

/** A guest gives a name and is in the one room of the link. */
export function Guest({ token }: { token: string }) {
  const { t, phrase, language } = useI18n();
  const preview = usePreview(token);
  const link = preview && 'link' in preview ? preview.link : null;
  return (
    <Door title={t('door.guest')} lead={t('door.guestLead')}>
      {preview && 'failure' in preview ? (
        <Banner tone="error">{phrase(preview.failure)}</Banner>
      ) : (
        <GuestForm token={token} withPassword={link?.passwordProtected ?? false} />
      )}
      {link && <p className="mt-4 text-12 text-text-3">{t('door.guestUntil', { time: momentText(link.expiresAt, language) })}</p>}
      <Known />
    </Door>
  );
}

/** Whoever is signed in needs no guest's name: they go to the room as themselves. */
export function GuestAsMember({ token }: { token: string }) {
  const client = useClient();
  useEffect(() => {
    let here = true;
    const go = (path: string) => here && navigate(path, { replace: true });
    client.api.guestLinkPreview(token).then(
      ({ roomId }) => go(roomPath(roomId)),
      () => go('/'),
    );
    return () => {
      here = false;
    };
  }, [client, token]);
  return <Splash away={false} />;
}
