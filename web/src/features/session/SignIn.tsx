import { Eye, EyeOff, KeyRound, Video } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { useClient } from '@/app/client';
import { navigate } from '@/app/router';
import { toApiError } from '@/shared/api/errors';
import { useI18n, type Phrase } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Banner } from '@/shared/ui/Banner';
import { Button } from '@/shared/ui/Button';
import { Field } from '@/shared/ui/Field';
import { IconButton } from '@/shared/ui/IconButton';
import { enterAsGuest, register, signIn } from './actions';
import { Door } from './Door';
import { Link } from '@/shared/ui/Link';
import { doorPhrase } from './doorPhrase';
import { useQuickCalls } from './useQuickCalls';

type FieldName = 'name' | 'email' | 'password';

/** Sends a form and keeps what the server said about it; an error by field stands under its field. */
function useDoor(send: () => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ field?: string; text: Phrase } | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const submit = async () => {
    setBusy(true);
    setFailure(null);
    try {
      await send();
    } catch (error) {
      setFailure({ field: toApiError(error).details.field, text: doorPhrase(error) });
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-failure]')?.focus());
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, form, submit };
}

interface FormProps {
  door: ReturnType<typeof useDoor>;
  action: string;
  fields: readonly FieldName[];
  children: ReactNode;
}

function DoorForm({ door, action, fields, children }: FormProps) {
  const { phrase } = useI18n();
  const { busy, failure, form, submit } = door;
  const general = failure && !fields.some((name) => name === failure.field) ? failure.text : null;
  return (
    <form
      ref={form}
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      {children}
      {general && (
        <div tabIndex={-1} data-failure className="outline-none">
          <Banner tone="error">{phrase(general)}</Banner>
        </div>
      )}
      <Button type="submit" look="primary" size="xl" aria-disabled={busy} className="mt-1">
        {action}
      </Button>
    </form>
  );
}

function EmailField({ value, onChange, error }: { value: string; onChange: (value: string) => void; error?: string | null }) {
  const { t } = useI18n();
  return (
    <Field
      label={t('door.email')}
      type="email"
      name="email"
      dir="ltr"
      required
      autoComplete="username"
      maxLength={254}
      value={value}
      onChange={onChange}
      error={error}
    />
  );
}

function PasswordField({ value, onChange, fresh, error, hint }: {
  value: string;
  onChange: (value: string) => void;
  fresh?: boolean;
  error?: string | null;
  hint?: string;
}) {
  const { t } = useI18n();
  const [shown, setShown] = useState(false);
  return (
    <Field
      label={t('door.password')}
      type={shown ? 'text' : 'password'}
      name="password"
      dir="ltr"
      required
      autoComplete={fresh ? 'new-password' : 'current-password'}
      maxLength={1024}
      value={value}
      onChange={onChange}
      error={error}
      hint={hint}
      end={
        <IconButton
          label={t(shown ? 'door.hide' : 'door.show')}
          icon={shown ? EyeOff : Eye}
          size={17}
          onClick={() => setShown(!shown)}
        />
      }
    />
  );
}

function useFailureOf(door: ReturnType<typeof useDoor>) {
  const { phrase } = useI18n();
  return (field: FieldName) => (door.failure?.field === field ? phrase(door.failure.text) : null);
}

function Else({ children }: { children: ReactNode }) {
  const { t } = useI18n();
  return (
    <>
      <p className="my-5 flex items-center gap-3 text-13 text-text-3 before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {t('door.or')}
      </p>
      <div className="flex flex-col gap-2">{children}</div>
    </>
  );
}

export function SignIn() {
  const { t } = useI18n();
  const client = useClient();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const ended = useStore(client.session, (state) => state.ended);
  const door = useDoor(() => signIn(client, { email: email.trim(), password }));
  const failureOf = useFailureOf(door);
  const quick = useQuickCalls();
  const { registration, providers } = client.config;
  return (
    <Door title={t('door.title')} lead={t('door.lead', { host: window.location.host })}>
      {ended && (
        <div className="mb-4">
          <Banner tone="warn">{t('door.ended')}</Banner>
        </div>
      )}
      <DoorForm door={door} action={t('door.signIn')} fields={['email', 'password']}>
        <EmailField value={email} onChange={setEmail} error={failureOf('email')} />
        <PasswordField value={password} onChange={setPassword} error={failureOf('password')} />
      </DoorForm>
      {(providers.length > 0 || quick) && (
        <Else>
          {providers.map(({ id, name, startUrl }) => (
            <Button key={id} onClick={() => window.location.assign(startUrl)}>
              <KeyRound size={17} aria-hidden="true" />
              {t('door.oidc', { name })}
            </Button>
          ))}
          {quick && (
            <Button onClick={() => navigate('/quick')}>
              <Video size={17} aria-hidden="true" />
              {t('door.quick')}
            </Button>
          )}
        </Else>
      )}
      {registration !== 'closed' && (
        <p className="mt-6 text-13 text-text-2">
          {t('door.new')}{' '}
          <Link to="/register" className="text-accent underline underline-offset-2">
            {t('door.make')}
          </Link>
        </p>
      )}
    </Door>
  );
}

/** How long a password takes to be guessed, in words; length does most. */
function strengthOf(password: string): 'door.weak' | 'door.fair' | 'door.strong' | null {
  if (password.length === 0) return null;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length;
  if (password.length < 8 || new Set(password).size < 5) return 'door.weak';
  return password.length >= 14 || (password.length >= 11 && kinds >= 3) ? 'door.strong' : 'door.fair';
}

export function Register({ invitation }: { invitation?: string }) {
  const { t } = useI18n();
  const client = useClient();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const door = useDoor(() => register(client, { name: name.trim(), email: email.trim(), password, invitation }));
  const failureOf = useFailureOf(door);
  const strength = strengthOf(password);
  return (
    <Door title={t('door.register')} lead={t('door.registerLead', { host: window.location.host })}>
      <DoorForm door={door} action={t('door.create')} fields={['name', 'email', 'password']}>
        <Field
          label={t('door.name')}
          name="name"
          required
          autoComplete="name"
          maxLength={80}
          value={name}
          onChange={setName}
          error={failureOf('name')}
        />
        <EmailField value={email} onChange={setEmail} error={failureOf('email')} />
        <PasswordField
          fresh
          value={password}
          onChange={setPassword}
          error={failureOf('password')}
          hint={strength ? t(strength) : t('door.passwordHint')}
        />
      </DoorForm>
      <p className="mt-6 text-13 text-text-2">
        {t('door.known')}{' '}
        <Link to="/signin" className="text-accent underline underline-offset-2">
          {t('door.signInInstead')}
        </Link>
      </p>
    </Door>
  );
}

export function Guest({ token }: { token: string }) {
  const { t } = useI18n();
  const client = useClient();
  const [name, setName] = useState('');
  const door = useDoor(() => enterAsGuest(client, { token, name: name.trim() }));
  const failureOf = useFailureOf(door);
  return (
    <Door title={t('door.guest')} lead={t('door.guestLead')}>
      <DoorForm door={door} action={t('door.guestEnter')} fields={['name']}>
        <Field
          label={t('door.name')}
          name="name"
          required
          autoComplete="name"
          maxLength={80}
          value={name}
          onChange={setName}
          error={failureOf('name')}
        />
      </DoorForm>
      <p className="mt-6 text-13 text-text-2">
        {t('door.known')}{' '}
        <Link to="/signin" className="text-accent underline underline-offset-2">
          {t('door.signInInstead')}
        </Link>
      </p>
    </Door>
  );
}
