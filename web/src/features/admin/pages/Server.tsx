import { useI18n } from '@/shared/i18n';
import { useAdmin } from '../AdminContext';
import { AlertNotes } from '../AlertNotes';
import { dropsOf } from '../metrics/derive';
import { Plots, serverPlots } from '../plots/Plots';
import { useNumbers } from '../plots/useNumbers';
import { ServerFacts } from '../ServerFacts';

function Drops() {
  const { t } = useI18n();
  const number = useNumbers();
  const before = useAdmin((state) => state.before);
  const last = useAdmin((state) => state.last);
  if (!last) return null;
  const drops = dropsOf(before, last);
  return (
    <section aria-label={t('server.drops')} className="mt-4">
      <h2 className="admin-h2">{t('server.drops')}</h2>
      {drops.length === 0 && <p className="text-13 text-text-3">{t('server.noDrops')}</p>}
      {drops.length > 0 && (
        <table className="admin-table">
          <thead>
            <tr>
              <th scope="col">{t('server.reason')}</th>
              <th scope="col" className="text-end!">
                {t('server.total')}
              </th>
              <th scope="col" className="text-end!">
                {t('server.rate')}
              </th>
            </tr>
          </thead>
          <tbody>
            {drops.map(({ reason, total, rate }) => (
              <tr key={reason}>
                <td className="h-8! font-mono text-12">
                  <bdi dir="ltr">{reason}</bdi>
                </td>
                <td className="h-8! text-end tabular-nums">{number(total)}</td>
                <td className="h-8! text-end tabular-nums">{number(rate)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** How the server is: plots of its metrics, what they warn of, and what it throws away. */
export function Server() {
  const { t } = useI18n();
  const overview = useAdmin((state) => state.overview);
  return (
    <div className="admin-two">
      <div className="min-w-0">
        <Plots wishes={serverPlots} />
        <Drops />
      </div>
      <div className="min-w-0">
        <h2 className="admin-h2">{t('server.health')}</h2>
        <AlertNotes calm="admin.allWell" />
        {overview && (
          <>
            <h2 className="admin-h2 mt-3">{t('admin.server')}</h2>
            <ServerFacts overview={overview} whole />
          </>
        )}
      </div>
    </div>
  );
}
