import { useState, type SyntheticEvent } from 'react';
import { useClient } from '@/app/client';
import { toApiError } from '@/shared/api/errors';
import type { User } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { Dialog } from '@/shared/ui/Dialog';
import { Field } from '@/shared/ui/Field';
import { showToast } from '@/features/notices/actions';
import { makePassword } from './password';

interface Failure {
  readonly field?: string;
  readonly message: string;
}

const failureOf = (error: unknown): Failure => {
  const { message, details } = toApiError(error);
  return { field: details.field, message };
};

function PasswordField({ label, value, onChange, error }: { label: string; value: string; onChange: (value: string) => void; error?: string | null }) {
  const { t } = useI18n();
  const client = useClient();
  return (
    <div className="flex items-end gap-2">
      <Field
        className="flex-1"
        label={label}
        value={value}
        onChange={onChange}
        error={error}
        autoComplete="off"
        dir="ltr"
        minLength={client.config.limits.passwordMinLength}
        required
      />
      <Button onClick={() => onChange(makePassword())}>{t('accounts.generate')}</Button>
    </div>
  );
}

/** Makes an account for somebody. */
export function NewAccount({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const { t } = useI18n();
  const client = useClient();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<'user' | 'admin'>('user');
  const [failure, setFailure] = useState<Failure | null>(null);
  const errorOf = (field: string) => (failure?.field === field ? failure.message : null);
  const create = async (event: SyntheticEvent) => {
    event.preventDefault();
    try {
      await client.api.createUser({ name: name.trim(), email: email.trim(), password, role });
      showToast(client, { text: { key: 'accounts.made', parameters: { name: name.trim() } } });
      onMade();
      onClose();
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  const known = ['name', 'email', 'password'].includes(failure?.field ?? '');
  return (
    <Dialog open onClose={onClose} title={t('accounts.new')}>
      <form className="flex flex-col gap-4 px-6 pb-6" onSubmit={(event) => void create(event)}>
        <Field label={t('files.name')} value={name} onChange={setName} error={errorOf('name')} maxLength={client.config.limits.nameLength} autoComplete="off" required />
        <Field label={t('accounts.email')} type="email" dir="ltr" value={email} onChange={setEmail} error={errorOf('email')} autoComplete="off" required />
        <PasswordField label={t('accounts.passwordFirst')} value={password} onChange={setPassword} error={errorOf('password')} />
        <label className="flex items-center gap-2 text-13">
          <input type="checkbox" checked={role === 'admin'} onChange={(event) => setRole(event.target.checked ? 'admin' : 'user')} />
          {t('access.asAdmin')}
        </label>
        {failure && !known && (
          <p role="alert" className="text-13 text-danger">
            {failure.message}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="submit" look="primary">
            {t('accounts.create')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Gives somebody who lost theirs a new password. */
export function ResetPassword({ user, onClose }: { user: User; onClose: () => void }) {
  const { t } = useI18n();
  const client = useClient();
  const [password, setPassword] = useState(makePassword);
  const [failure, setFailure] = useState<Failure | null>(null);
  const reset = async (event: SyntheticEvent) => {
    event.preventDefault();
    try {
      await client.api.resetPassword(user.id, password);
      showToast(client, { text: { key: 'accounts.resetDone', parameters: { name: user.name } } });
      onClose();
    } catch (error) {
      setFailure(failureOf(error));
    }
  };
  return (
    <Dialog open onClose={onClose} title={t('accounts.resetOf', { name: user.name })} description={t('accounts.resetWhy')}>
      <form className="flex flex-col gap-4 px-6 pb-6" onSubmit={(event) => void reset(event)}>
        <PasswordField label={t('accounts.reset')} value={password} onChange={setPassword} error={failure?.message} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="submit" look="primary">
            {t('accounts.reset')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
