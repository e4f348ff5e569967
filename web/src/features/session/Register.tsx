import { useState } from 'react';
import { useClient } from '@/app/client';
import { useI18n } from '@/shared/i18n';
import { Banner } from '@/shared/ui/Banner';
import { register } from './actions';
import { Door } from './Door';
import { DoorForm, Else, EmailField, Known, NameField, PasswordField, useDoor, useFailureOf } from './DoorForm';
import { Providers } from './SignIn';

/** How long a password takes to be guessed, in words; length does most. */
export function strengthOf(password: string): 'door.weak' | 'door.fair' | 'door.strong' | null {
  if (password.length === 0) return null;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length;
  if (password.length < 8 || new Set(password).size < 5) return 'door.weak';
  return password.length >= 14 || (password.length >= 11 && kinds >= 3) ? 'door.strong' : 'door.fair';
}

function RegisterForm({ invitation }: { invitation?: string }) {
  const { t } = useI18n();
  const client = useClient();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const door = useDoor(() => register(client, { name: name.trim(), email: email.trim(), password, invitation }));
  const failureOf = useFailureOf(door);
  const strength = strengthOf(password);
  return (
    <DoorForm door={door} action={t('door.create')} fields={['name', 'email', 'password']}>
      <NameField value={name} onChange={setName} error={failureOf('name')} />
      <EmailField value={email} onChange={setEmail} error={failureOf('email')} />
      <PasswordField
        fresh
        value={password}
        onChange={setPassword}
        error={failureOf('password')}
        hint={strength ? t(strength) : t('door.passwordHint')}
      />
    </DoorForm>
  );
}

/** Making an account: where that is open, with an invitation, or as the first one of all. */
export function Register({ invitation }: { invitation?: string }) {
  const { t } = useI18n();
  const { config } = useClient();
  const { registration, firstRun, providers } = config;
  const shut = !firstRun && !invitation && registration !== 'open';
  const lead = firstRun ? 'door.firstLead' : invitation ? 'door.invitedLead' : 'door.registerLead';
  return (
    <Door title={t('door.register')} lead={t(lead, { host: window.location.host })}>
      {shut ? (
        <Banner tone="warn" live={false}>
          {t(registration === 'closed' ? 'door.closed' : 'door.invitationNeeded')}
        </Banner>
      ) : (
        <RegisterForm invitation={invitation} />
      )}
      {providers.length > 0 && (
        <Else>
          <Providers providers={providers} />
        </Else>
      )}
      <Known />
    </Door>
  );
}
