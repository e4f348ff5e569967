import { useI18n } from '@/shared/i18n';
import type { AuditEntry } from './adminReducer';

/** What was done, as the server names it: `user.disable` is a name, not a text. */
export function AuditLine({ entry }: { entry: AuditEntry }) {
  const { t } = useI18n();
  const name: unknown = entry.detail.name ?? entry.detail.email;
  return (
    <span className="min-w-0">
      <b className="font-semibold">
        <bdi>{entry.actorName ?? t('log.server')}</bdi>
      </b>{' '}
      <bdi dir="ltr">{entry.action}</bdi> {typeof name === 'string' && <bdi>{name}</bdi>}
    </span>
  );
}
