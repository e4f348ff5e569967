import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useClient } from '@/app/client';
import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { Banner } from '@/shared/ui/Banner';
import { Button } from '@/shared/ui/Button';
import { Dialog } from '@/shared/ui/Dialog';
import { Field } from '@/shared/ui/Field';
import { errorPhrase } from '@/features/notices/actions';
import type { Taken } from './keeper';
import { problems } from './problems';

/** Takes a secret that was told or sent, and opens the room with it. */
function SecretForm({ room, onClose }: { room: Room; onClose: () => void }) {
  const { t, phrase } = useI18n();
  const client = useClient();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const attempt = async (work: () => Promise<Taken>) => {
    setBusy(true);
    try {
      const taken = await work();
      if (taken === 'taken') onClose();
      else setProblem(t(problems[taken]));
    } catch (error) {
      setProblem(phrase(errorPhrase(error)));
    }
    setBusy(false);
  };
  return (
    <form
      className="flex flex-col gap-4 px-6 pb-6"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void attempt(() => client.e2ee.keeper.takeSecret(room.id, typed));
      }}
    >
      <Field label={t('e2ee.secret')} value={typed} onChange={setTyped} dir="ltr" autoComplete="off" autoCapitalize="characters" error={problem} />
      <Button type="submit" look="primary" className="self-end" aria-disabled={busy}>
        {t('e2ee.take')}
      </Button>
      {room.role === 'owner' && (
        <div className="flex flex-col items-start gap-2 border-t border-line-soft pt-4">
          <p className="text-12 text-text-2">{t('e2ee.beginWhy')}</p>
          <Button look="ghost" size="m" onClick={() => void attempt(() => client.e2ee.keeper.begin(room.id).then(() => 'taken' as const))}>
            {t('e2ee.begin')}
          </Button>
        </div>
      )}
    </form>
  );
}

export function SecretDialog({ room, open, onClose }: { room: Room; open: boolean; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Dialog open={open} onClose={onClose} title={t('e2ee.enter')}>
      <SecretForm room={room} onClose={onClose} />
    </Dialog>
  );
}

/** Above the messages of a room whose key is not here: says so, and the way out. */
export function KeyMissing({ room }: { room: Room }) {
  const { t } = useI18n();
  const [asking, setAsking] = useState(false);
  return (
    <div className="px-4 py-2">
      <Banner
        tone="warn"
        action={
          <Button size="m" look="soft" onClick={() => setAsking(true)}>
            <KeyRound size={15} aria-hidden="true" />
            {t('e2ee.enter')}
          </Button>
        }
      >
        {t('e2ee.noKey')}
      </Banner>
      <SecretDialog room={room} open={asking} onClose={() => setAsking(false)} />
    </div>
  );
}
