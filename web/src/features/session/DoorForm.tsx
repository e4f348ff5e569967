import { Eye, EyeOff } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { toApiError } from '@/shared/api/errors';
import { useI18n, type Phrase } from '@/shared/i18n';
import { Banner } from '@/shared/ui/Banner';
import { Button } from '@/shared/ui/Button';
import { Field } from '@/shared/ui/Field';
import { IconButton } from '@/shared/ui/IconButton';
import { Link } from '@/shared/ui/Link';
import { doorPhrase } from './doorPhrase';

export type FieldName = 'name' | 'email' | 'password';

/** Sends a form and keeps what the server said about it; an error by field stands under its field. */
export function useDoor(send: () => Promise<void>) {
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

export function DoorForm({ door, action, fields, children }: FormProps) {
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

export function EmailField({ value, onChange, error }: { value: string; onChange: (value: string) => void; error?: string | null }) {
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

export function NameField({ value, onChange, error }: { value: string; onChange: (value: string) => void; error?: string | null }) {
  const { t } = useI18n();
  return (
    <Field
      label={t('door.name')}
      name="name"
      required
      autoComplete="name"
      maxLength={80}
      value={value}
      onChange={onChange}
      error={error}
    />
  );
}

export function PasswordField({ value, onChange, fresh, error, hint }: {
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

export function useFailureOf(door: ReturnType<typeof useDoor>) {
  const { phrase } = useI18n();
  return (field: FieldName) => (door.failure?.field === field ? phrase(door.failure.text) : null);
}

export function Else({ children }: { children: ReactNode }) {
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

/** The way from making an account, or from a guest's page, to signing in. */
export function Known() {
  const { t } = useI18n();
  return (
    <p className="mt-6 text-13 text-text-2">
      {t('door.known')}{' '}
      <Link to="/signin" className="text-accent underline underline-offset-2">
        {t('door.signInInstead')}
      </Link>
    </p>
  );
}
