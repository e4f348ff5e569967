import { useState } from 'react';
import { useI18n } from '@/shared/i18n';
import { Field } from '@/shared/ui/Field';
import { groupSettings } from '../settingGroups';
import { useSettings } from '../useSettings';

/** What the server allows and how it is set up, as it is in force. */
export function Limits() {
  const { t } = useI18n();
  const settings = useSettings();
  const [query, setQuery] = useState('');
  if (!settings) return null;
  const groups = groupSettings(settings, query);
  return (
    <div className="max-w-3xl">
      <Field label={t('limits.find')} type="search" value={query} onChange={setQuery} className="w-72 max-w-full" />
      <p className="mt-2 text-12 text-text-3">{t('limits.how')}</p>
      {groups.length === 0 && <p className="py-6 text-14 text-text-3">{t('limits.none')}</p>}
      {groups.map((group) => (
        <section key={group.title} aria-label={t(group.title)} className="mt-3">
          <h2 className="admin-h2">{t(group.title)}</h2>
          <table className="admin-table">
            <thead className="sr-only">
              <tr>
                <th scope="col">{t('limits.what')}</th>
                <th scope="col">{t('limits.value')}</th>
              </tr>
            </thead>
            <tbody>
              {group.settings.map(([name, value]) => (
                <tr key={name}>
                  <td className="h-8! font-mono text-12 wrap-anywhere">
                    <bdi dir="ltr">{name}</bdi>
                  </td>
                  <td className="h-8! text-end wrap-anywhere tabular-nums">{value === '' ? <span className="text-text-3">{t('limits.empty')}</span> : <bdi dir="ltr">{value}</bdi>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </div>
  );
}
