import { Check, TriangleAlert } from 'lucide-react';
import { useI18n } from '@/shared/i18n';
import { useAlerts } from './useAlerts';

/** What needs an administrator, with its cause and the way out. Nothing to do is said in one line. */
export function AlertNotes({ calm }: { calm: 'admin.allWell' | 'alert.none' }) {
  const { t, phrase } = useI18n();
  const alerts = useAlerts();
  return (
    <ul role="list" aria-live="polite" className="flex flex-col gap-1.5">
      {alerts.map(({ id, text, why }) => (
        <li key={id} className="note" data-tone="warn">
          <TriangleAlert size={16} aria-hidden="true" />
          <span>
            <b className="block font-semibold">{phrase(text)}</b>
            <span className="text-text-2">{phrase({ key: why })}</span>
          </span>
        </li>
      ))}
      {alerts.length === 0 && (
        <li className="note text-text-2">
          <Check size={16} aria-hidden="true" />
          {t(calm)}
        </li>
      )}
    </ul>
  );
}
