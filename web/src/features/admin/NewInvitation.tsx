import { useState, type SyntheticEvent } from 'react';
import { useClient } from '@/app/client';
import { toApiError } from '@/shared/api/errors';
import { useI18n } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { CopyField } from '@/shared/ui/CopyField';
import { Dialog } from '@/shared/ui/Dialog';
import { Field } from '@/shared/ui/Field';
import { Select } from '@/shared/ui/Select';

const DAY_S = 86_400;
const terms = [1, 7, 30] as const;

interface Wish {
  readonly email: string;
  readonly uses: string;
  readonly days: number;
  readonly admin: boolean;
}

function useMaking(onMade: () => void) {
  const client = useClient();
  const [link, setLink] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const make = async ({ email, uses, days, admin }: Wish) => {
    try {
      const named = email.trim() === '' ? {} : { email: email.trim() };
      const { token = '' } = await client.api.makeServerInvitation({ ...named, maxUses: Number(uses) || 0, expiresIn: days * DAY_S, admin });
      setLink(`${window.location.origin}/j/${encodeURIComponent(token)}`);
      setFailure(null);
      onMade();
    } catch (error) {
      setFailure(toApiError(error).message);
    }
  };
  return { link, failure, make };
}

/** Makes an invitation to this server: a link that is shown once. */
export function NewInvitation({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const { t } = useI18n();
  const [wish, setWish] = useState<Wish>({ email: '', uses: '1', days: 7, admin: false });
  const { link, failure, make } = useMaking(onMade);
  const change = (next: Partial<Wish>) => setWish((old) => ({ ...old, ...next }));
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void make(wish);
  };
  return (
    <Dialog open onClose={onClose} title={t('access.newInvitation')}>
      {link ? (
        <div className="flex flex-col gap-3 px-6 pb-6">
          <p className="text-13 text-text-2">{t('access.link')}</p>
          <CopyField label={t('invite.link')} value={link} />
          <Button className="self-end" onClick={onClose}>
            {t('files.done')}
          </Button>
        </div>
      ) : (
        <form className="flex flex-col gap-4 px-6 pb-6" onSubmit={submit}>
          <Field label={t('access.forEmail')} type="email" dir="ltr" value={wish.email} onChange={(email) => change({ email })} />
          <Field label={t('access.howOften')} type="number" min={0} dir="ltr" value={wish.uses} onChange={(uses) => change({ uses })} />
          <Select
            label={t('access.ends')}
            value={String(wish.days)}
            choices={terms.map((days) => [String(days), t('files.days', { n: days })] as const)}
            onChange={(days) => change({ days: Number(days) })}
          />
          <label className="flex items-center gap-2 text-13">
            <input type="checkbox" checked={wish.admin} onChange={(event) => change({ admin: event.target.checked })} />
            {t('access.asAdmin')}
          </label>
          {failure && (
            <p role="alert" className="text-13 text-danger">
              {failure}
            </p>
          )}
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{t('app.cancel')}</Button>
            <Button type="submit" look="primary">
              {t('access.newInvitation')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
