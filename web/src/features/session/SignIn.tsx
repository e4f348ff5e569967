import { KeyRound, Link2, Video } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useClient } from '@/app/client';
import { navigate } from '@/app/router';
import type { ServerConfig } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Banner } from '@/shared/ui/Banner';
import { Button } from '@/shared/ui/Button';
import { Field } from '@/shared/ui/Field';
import { Link } from '@/shared/ui/Link';
import { signIn } from './actions';
import { Door } from './Door';
import { DoorForm, Else, EmailField, PasswordField, useDoor, useFailureOf } from './DoorForm';
import { startAt } from './returned';
import { useQuickCalls } from './useQuickCalls';

export function Providers({ providers }: { providers: ServerConfig['providers'] }) {
  const { t } = useI18n();
  return providers.map(({ id, name, startUrl }) => (
    <Button key={id} onClick={() => window.location.assign(startAt(startUrl))}>
      <KeyRound size={17} aria-hidden="true" />
      {t('door.oidc', { name })}
    </Button>
  ));
}

/** The token in what somebody pasted: a guest link as it came, or its token alone. */
export const guestToken = (text: string): string => /(?:\/guest\/|^\s*)([\w-]{8,})\s*\/?(?:[?#].*)?$/.exec(text.trim())?.[1] ?? '';

/** For whoever got a guest link as words and not as something to press. */
function GuestWay() {
  const { t } = useI18n();
  const [link, setLink] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  if (link === null) {
    return (
      <Button onClick={() => setLink('')}>
        <Link2 size={17} aria-hidden="true" />
        {t('door.asGuest')}
      </Button>
    );
  }
  return (
    <form
      noValidate
      className="flex items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const token = guestToken(link);
        setWrong(!token);
        if (token) navigate(`/guest/${token}`);
      }}
    >
      <Field
        className="min-w-0 flex-1"
        label={t('door.guestLink')}
        dir="ltr"
        autoComplete="off"
        value={link}
        onChange={setLink}
        error={wrong ? t('door.noLink') : null}
        // It came because somebody asked for it.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
      />
      <Button type="submit" className="mt-6">
        {t('door.goOn')}
      </Button>
    </form>
  );
}

function PasswordForm() {
  const { t } = useI18n();
  const client = useClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const door = useDoor(() => signIn(client, { email: email.trim(), password }));
  const failureOf = useFailureOf(door);
  return (
    <DoorForm door={door} action={t('door.signIn')} fields={['email', 'password']}>
      <EmailField value={email} onChange={setEmail} error={failureOf('email')} />
      <PasswordField value={password} onChange={setPassword} error={failureOf('password')} />
    </DoorForm>
  );
}

/** What the door says first: whose it is, with the address as the thing to look at. */
function Lead({ name }: { name: string }) {
  const { t } = useI18n();
  const mark = '\u0000';
  const [before, after] = (name ? t('door.leadNamed', { name, host: mark }) : t('door.lead', { host: mark })).split(mark);
  return (
    <>
      {before}
      <bdi className="font-semibold text-text">{window.location.host}</bdi>
      {after}
    </>
  );
}

function NewHere({ registration }: { registration: ServerConfig['registration'] }) {
  const { t } = useI18n();
  if (registration === 'closed') return null;
  return (
    <p className="mt-6 text-13 text-text-2">
      {t('door.new')}{' '}
      <Link to="/register" className="text-accent underline underline-offset-2">
        {t('door.make')}
      </Link>{' '}
      {registration === 'invite' && t('door.withInvitation')}
    </p>
  );
}

export function SignIn() {
  const { t, phrase } = useI18n();
  const client = useClient();
  const ended = useStore(client.session, (state) => state.ended);
  const refusal = useStore(client.session, (state) => state.refusal);
  const quick = useQuickCalls();
  const { name, registration, providers, passwordLogin, guests } = client.config;
  const ways: ReactNode = (
    <>
      <Providers providers={providers} />
      {guests && <GuestWay />}
      {quick && (
        <Button onClick={() => navigate('/quick')}>
          <Video size={17} aria-hidden="true" />
          {t('door.quick')}
        </Button>
      )}
    </>
  );
  return (
    <Door title={t('door.title')} lead={<Lead name={name} />}>
      {(ended || refusal) && (
        <div className="mb-4">
          <Banner tone={refusal ? 'error' : 'warn'}>{refusal ? phrase(refusal) : t('door.ended')}</Banner>
        </div>
      )}
      {passwordLogin ? (
        <>
          <PasswordForm />
          {(providers.length > 0 || quick || guests) && <Else>{ways}</Else>}
        </>
      ) : (
        <div className="flex flex-col gap-2">{ways}</div>
      )}
      <NewHere registration={registration} />
    </Door>
  );
}
