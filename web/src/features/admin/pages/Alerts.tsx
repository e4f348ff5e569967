import { useClient } from '@/app/client';
import { useI18n } from '@/shared/i18n';
import { momentText } from '@/shared/lib/time';
import { Button } from '@/shared/ui/Button';
import { askLetters, useAdmin, useAdminStore } from '../AdminContext';
import type { DeadLetter } from '../adminReducer';
import { AlertNotes } from '../AlertNotes';
import { thresholds, usual } from '../metrics/alerts';
import { useNumbers } from '../plots/useNumbers';
import { useMutation } from '../useMutation';

function Thresholds() {
  const { t, phrase } = useI18n();
  const number = useNumbers();
  const points = useAdmin((state) => state.points);
  return (
    <section aria-label={t('alert.thresholds')}>
      <h2 className="admin-h2">{t('alert.thresholds')}</h2>
      <table className="admin-table">
        <thead>
          <tr>
            <th scope="col">{t('alert.what')}</th>
            <th scope="col" className="text-end!">
              {t('alert.threshold')}
            </th>
            <th scope="col" className="text-end!">
              {t('alert.now')}
            </th>
          </tr>
        </thead>
        <tbody>
          {thresholds.map(({ name, at, unit, title, scale }) => {
            const now = usual(points, name, scale);
            const unitText = unit ? ` ${t(unit)}` : '';
            return (
              <tr key={name}>
                <td>{phrase({ key: title })}</td>
                <td className="text-end tabular-nums">{`${number(at)}${unitText}`}</td>
                <td className={`text-end tabular-nums ${now !== null && now > at ? 'font-semibold text-signal-text' : ''}`}>{now === null ? '–' : `${number(now)}${unitText}`}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function LetterRow({ letter, mutate }: { letter: DeadLetter; mutate: (work: Promise<unknown>) => void }) {
  const { t, language } = useI18n();
  const client = useClient();
  return (
    <li className="card flex flex-wrap items-center gap-x-3 gap-y-1 p-3 text-13">
      <span className="min-w-0 flex-1">
        <b className="block truncate font-semibold">
          <bdi dir="ltr">{letter.event}</bdi>
        </b>
        <span className="block truncate text-text-2">
          <bdi dir="ltr">{letter.url}</bdi>
        </span>
        <span className="block truncate text-12 text-text-3" title={letter.lastError}>
          {t('alert.tries', { n: letter.attempts })} · {momentText(letter.createdAt, language)} · <bdi>{letter.lastError}</bdi>
        </span>
      </span>
      <Button size="m" onClick={() => mutate(client.api.retryLetter(letter.id))}>
        {t('alert.retry')}
      </Button>
      <Button size="m" look="ghost" onClick={() => mutate(client.api.dropLetter(letter.id))}>
        {t('alert.drop')}
      </Button>
    </li>
  );
}

/** What is beyond its threshold, the thresholds, and webhooks that nobody took. */
export function Alerts() {
  const { t } = useI18n();
  const client = useClient();
  const store = useAdminStore();
  const letters = useAdmin((state) => state.letters);
  const mutate = useMutation(() => void askLetters(client, store).catch(() => undefined));
  return (
    <div className="flex max-w-2xl flex-col gap-5">
      <AlertNotes calm="alert.none" />
      <Thresholds />
      <section aria-label={t('alert.deadLetters')}>
        <h2 className="admin-h2">{t('alert.deadLetters')}</h2>
        {letters.length === 0 && <p className="text-13 text-text-3">{t('alert.noLetters')}</p>}
        <ul role="list" className="flex flex-col gap-1.5">
          {letters.map((letter) => (
            <LetterRow key={letter.id} letter={letter} mutate={mutate} />
          ))}
        </ul>
      </section>
    </div>
  );
}
