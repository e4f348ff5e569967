import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { useClient } from '@/app/client';
import type { Id } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { CopyField } from '@/shared/ui/CopyField';
import { Field } from '@/shared/ui/Field';
import { Select } from '@/shared/ui/Select';
import { showError } from '@/features/notices/actions';

const DAY_MS = 86_400_000;
const terms = ['1', '7', '30', ''] as const;
type Term = (typeof terms)[number];

/** Makes a link to a file for people without an account, with an end and, if wished, a password. */
export function LinkForm({ fileId, onMade }: { fileId: Id; onMade: () => void }) {
  const { t } = useI18n();
  const client = useClient();
  const [open, setOpen] = useState(false);
  const [days, setDays] = useState<Term>('7');
  const [password, setPassword] = useState('');
  const [link, setLink] = useState<string | null>(null);

  async function make() {
    try {
      const expiresAt = days === '' ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString();
      const grant = await client.api.addGrant(fileId, { kind: 'link', expiresAt, ...(password ? { password } : {}) });
      setLink(`${window.location.origin}/s/${encodeURIComponent(grant.token ?? '')}`);
      setPassword('');
      onMade();
    } catch (error) {
      showError(client, error);
    }
  }

  if (!open) {
    return (
      <Button look="soft" size="m" onClick={() => setOpen(true)}>
        <Link2 size={16} aria-hidden="true" />
        {t('files.makeLink')}
      </Button>
    );
  }
  if (link) {
    return (
      <div className="flex flex-col gap-2 rounded-lg bg-sunken p-3">
        <p role="status" className="text-12 text-text-2">
          {t('files.linkReady')}
        </p>
        <CopyField label={t('invite.link')} value={link} />
      </div>
    );
  }
  return (
    <form
      className="flex flex-col gap-3 rounded-lg bg-sunken p-3"
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <Select label={t('files.linkEnds')} value={days} choices={terms.map((term) => [term, term === '' ? t('files.never') : t('files.days', { n: Number(term) })])} onChange={setDays} />
      <Field label={t('files.linkPassword')} type="text" autoComplete="off" value={password} onChange={setPassword} maxLength={256} />
      <Button type="submit" look="primary" size="m">
        {t('files.makeLink')}
      </Button>
    </form>
  );
}
