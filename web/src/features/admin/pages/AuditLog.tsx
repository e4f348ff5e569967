import { Download, Filter } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useClient } from '@/app/client';
import { useI18n } from '@/shared/i18n';
import { momentText } from '@/shared/lib/time';
import { Button } from '@/shared/ui/Button';
import { IconButton } from '@/shared/ui/IconButton';
import type { AuditEntry } from '../adminReducer';
import { auditCsv } from '../csv';
import { MoreButton } from '../MoreButton';
import { useList } from '../useList';
import { Scroller } from '../Scroller';

interface Only {
  readonly actorId?: string;
  readonly objectId?: string;
}

function save(entries: readonly AuditEntry[]) {
  const url = URL.createObjectURL(new Blob([auditCsv(entries)], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'audit-log.csv';
  link.click();
  URL.revokeObjectURL(url);
}

function Entry({ entry, narrow }: { entry: AuditEntry; narrow: (only: Only) => void }) {
  const { t, language } = useI18n();
  const { actorId, actorName, objectId, objectType, detail } = entry;
  const actor = actorName ?? actorId ?? t('log.server');
  const details = Object.entries(detail ?? {}).map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return (
    <tr>
      <td className="whitespace-nowrap text-text-2 tabular-nums">{momentText(entry.at, language)}</td>
      <td className="max-w-40">
        <span className="flex items-center gap-1">
          <bdi className="truncate font-semibold">{actor}</bdi>
          {actorId && <IconButton small label={t('log.onlyActor', { name: actor })} icon={Filter} size={13} onClick={() => narrow({ actorId })} />}
        </span>
      </td>
      <td className="whitespace-nowrap">
        <bdi dir="ltr">{entry.action}</bdi>
      </td>
      <td className="max-w-56">
        <span className="flex items-center gap-1">
          <bdi dir="ltr" className="truncate text-text-2" title={objectId ?? undefined}>
            {[objectType, objectId].filter(Boolean).join(' ')}
          </bdi>
          {objectId && <IconButton small label={t('log.onlyObject')} icon={Filter} size={13} onClick={() => narrow({ objectId })} />}
        </span>
      </td>
      <td className="max-w-64 truncate text-text-2" title={details.join('\n')}>
        <bdi>{details.join(', ')}</bdi>
      </td>
      <td className="text-text-2">
        <bdi dir="ltr">{entry.address ?? ''}</bdi>
      </td>
    </tr>
  );
}

/** Every administrative act, newest first. */
export function AuditLog() {
  const { t } = useI18n();
  const client = useClient();
  const [only, setOnly] = useState<Only>({});
  const { items, more } = useList(useCallback((cursor: string | null) => client.api.auditLog(cursor, only), [client, only]));
  const narrowed = Object.keys(only).length > 0;
  const heads = ['when', 'who', 'what', 'whom', 'detail', 'from'] as const;
  return (
    <>
      <div className="mb-2 flex justify-end gap-2">
        {narrowed && (
          <Button size="m" look="soft" onClick={() => setOnly({})}>
            {t('log.everything')}
          </Button>
        )}
        <Button size="m" disabled={!items?.length} onClick={() => save(items ?? [])}>
          <Download size={15} aria-hidden="true" />
          {t('log.save')}
        </Button>
      </div>
      {items?.length === 0 && <p className="py-6 text-14 text-text-3">{t('log.none')}</p>}
      {items && items.length > 0 && (
        <Scroller label={t('admin.log')}>
          <table className="admin-table" aria-label={t('admin.log')}>
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {t(`log.${head}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((entry) => (
                <Entry key={entry.id} entry={entry} narrow={setOnly} />
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
      <MoreButton more={more} />
    </>
  );
}
