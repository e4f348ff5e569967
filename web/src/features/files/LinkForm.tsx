import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { useClient } from '@/app/client';
import type { Id } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { Field } from '@/shared/ui/Field';
import { showError } from '@/features/notices/actions';

const DAY_MS = 86_400_000;
const terms = [1, 7, 30] as const;

/** Makes a link to a file for people without an account, with an end and, if wished, a password. */
export function LinkForm({ fileId, onMade }: { fileId: Id; onMade: () => void }) {
  const { t } = useI18n();
  const client = useClient();
  const [open, setOpen] = useState(false);
  const [days, setDays] = useState<number>(7);
  const [password, setPassword] = useState('');
  const [link, setLink] = useState<string | null>(null);

  async function make() {
    try {
      const expiresAt = new Date(Date.now() + days * DAY_MS).toISOString();
      const grant = await client.api.addGrant(fileId, { kind: 'link', expiresAt, ...(password ? { password } : {}) });
      const url = grant.url ?? (grant.token ? `/api/v1/shared/${encodeURIComponent(grant.token)}/content` : '');
      setLink(new URL(url, window.location.origin).href);
      setPassword('');
      onMade();
    } catch (error) {
      showError(client, error);
    }
  }

  if (!open) {
    return (
      <Button look="soft" size="m" className="mt-3" onClick={() => setOpen(true)}>
        <Link2 size={16} aria-hidden="true" />
        {t('files.makeLink')}
      </Button>
    );
  }
  return (
    <form
      className="mt-3 flex flex-col gap-3 rounded-lg bg-sunken p-3"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <label className="flex flex-col gap-1.5 text-13 font-semibold">
        {t('files.linkEnds')}
        <select value={days} onChange={(event) => setDays(Number(event.target.value))} className="min-h-10 rounded-lg bg-sheet px-2 font-normal inset-ring inset-ring-line-strong">
          {terms.map((term) => (
            <option key={term} value={term}>
              {t('files.days', { n: term })}
            </option>
          ))}
        </select>
      </label>
      <Field label={t('files.linkPassword')} type="text" autoComplete="off" value={password} onChange={setPassword} maxLength={256} />
      {link && (
        <input readOnly dir="ltr" aria-label={t('invite.link')} value={link} onFocus={(event) => event.currentTarget.select()} className="min-h-10 rounded-lg bg-sheet px-3 text-13 inset-ring inset-ring-line" />
      )}
      <Button type="submit" look="primary" size="m">
        {t('files.makeLink')}
      </Button>
    </form>
  );
}
