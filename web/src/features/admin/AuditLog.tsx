import { useCallback } from 'react';
import { useClient } from '@/app/client';
import { useI18n } from '@/shared/i18n';
import { momentText } from '@/shared/lib/time';
import { Button } from '@/shared/ui/Button';
import { useList } from './useList';

/** Every administrative act, newest first. */
export function AuditLog() {
  const { t, language } = useI18n();
  const client = useClient();
  const { items, more } = useList(useCallback((cursor: string | null) => client.api.auditLog(cursor), [client]));
  return (
    <div className="flex flex-col gap-4">
      <table className="w-full text-start text-13">
        <thead>
          <tr className="text-12 text-text-3 [&>th]:p-2 [&>th]:text-start [&>th]:font-semibold">
            <th scope="col">{t('admin.when')}</th>
            <th scope="col">{t('admin.who')}</th>
            <th scope="col">{t('admin.what')}</th>
            <th scope="col">{t('admin.whom')}</th>
          </tr>
        </thead>
        <tbody>
          {items?.map((entry) => (
            <tr key={entry.id} className="border-t border-line-soft [&>td]:p-2">
              <td className="whitespace-nowrap tabular-nums">{momentText(entry.at, language)}</td>
              <td>
                <bdi>{entry.actorName ?? entry.actorId ?? '–'}</bdi>
              </td>
              <td>
                <bdi dir="ltr">{entry.action}</bdi>
              </td>
              <td className="max-w-60 truncate">
                <bdi dir="ltr">{entry.objectId ?? ''}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more && (
        <Button look="soft" size="m" className="self-center" onClick={more}>
          {t('app.more')}
        </Button>
      )}
    </div>
  );
}
