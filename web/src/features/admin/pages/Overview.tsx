import type { ReactNode } from 'react';
import { useI18n } from '@/shared/i18n';
import { timeText } from '@/shared/lib/time';
import { Link } from '@/shared/ui/Link';
import { useAdmin } from '../AdminContext';
import { adminPath } from '../adminPages';
import { AlertNotes } from '../AlertNotes';
import { AuditLine } from '../AuditText';
import { CallTable } from '../CallTable';
import { thresholdOf, usual } from '../metrics/alerts';
import type { PointName } from '../metrics/derive';
import { mainPlots, Plots } from '../plots/Plots';
import { Spark } from '../plots/Spark';
import { useNumbers } from '../plots/useNumbers';
import { dotsOf } from '../plots/usePlot';
import { ServerFacts } from '../ServerFacts';
import { StorageParts } from '../StorageParts';

const LOG_LINES = 5;
const CALLS = 8;

function Figure({ label, value, unit, spark }: { label: string; value: number | null; unit?: string; spark: PointName }) {
  const number = useNumbers();
  const points = useAdmin((state) => state.points);
  const limit = thresholdOf(spark);
  const beyond = limit !== undefined && value !== null && value > limit;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <span className={beyond ? 'text-signal-text' : undefined}>
          {value === null ? '–' : number(value)}
          {unit && <small>{unit}</small>}
        </span>
        <Spark dots={dotsOf(points, spark)} tone={beyond ? 'signal' : 'accent'} />
      </dd>
    </div>
  );
}

function Figures() {
  const { t } = useI18n();
  const overview = useAdmin((state) => state.overview);
  const points = useAdmin((state) => state.points);
  return (
    <dl className="figures">
      <Figure label={t('admin.online')} value={overview?.connected ?? null} spark="people" />
      <Figure
        label={t('admin.inCalls')}
        value={overview?.inCalls ?? null}
        unit={overview ? t('admin.inCallsOf', { n: overview.callsInProgress }) : undefined}
        spark="inCalls"
      />
      <Figure label={t('admin.mediaSent')} value={points.at(-1)?.sent ?? null} unit={t('unit.mbit')} spark="sent" />
      <Figure label={t('admin.events')} value={points.at(-1)?.delivered ?? null} unit={t('admin.aSecond')} spark="delivered" />
      <Figure label={t('admin.lost')} value={usual(points, 'lostTo')} unit={t('unit.percent')} spark="lostTo" />
    </dl>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="mb-4">
      <h2 className="admin-h2">{title}</h2>
      {children}
    </section>
  );
}

function RecentLog() {
  const { t, language } = useI18n();
  const log = useAdmin((state) => state.log);
  if (log.length === 0) return <p className="text-13 text-text-3">{t('log.none')}</p>;
  return (
    <>
      <ul role="list">
        {log.slice(0, LOG_LINES).map((entry) => (
          <li key={entry.id} className="flex gap-2.5 py-1.5 text-13">
            <time dateTime={entry.at} className="w-10 flex-none text-text-3 tabular-nums">
              {timeText(entry.at, language)}
            </time>
            <AuditLine entry={entry} />
          </li>
        ))}
      </ul>
      <Link to={adminPath('log')} className="admin-link">
        {t('admin.whole')}
      </Link>
    </>
  );
}

/** Five numbers with their ways, plots, the calls that go on, and what needs somebody. */
export function Overview() {
  const { t } = useI18n();
  const overview = useAdmin((state) => state.overview);
  const storage = useAdmin((state) => state.storage);
  const calls = useAdmin((state) => state.calls);
  return (
    <>
      <Figures />
      <div className="admin-two">
        <div className="min-w-0">
          <Plots wishes={mainPlots} />
          <section aria-label={t('liveCalls.now')} className="mt-2">
            <h2 className="admin-h2">
              {t('liveCalls.now')} <span className="count">{calls?.length ?? ''}</span>
              <span className="flex-1" />
              <Link to={adminPath('calls')} className="admin-link">
                {t('admin.allCalls')}
              </Link>
            </h2>
            {calls && <CallTable calls={calls.slice(0, CALLS)} />}
          </section>
        </div>
        <div className="min-w-0">
          <Section title={t('admin.look')}>
            <AlertNotes calm="admin.allWell" />
          </Section>
          {storage && (
            <Section title={t('admin.storage')}>
              <StorageParts storage={storage} />
            </Section>
          )}
          {overview && (
            <Section title={t('admin.server')}>
              <ServerFacts overview={overview} />
            </Section>
          )}
          <Section title={t('admin.log')}>
            <RecentLog />
          </Section>
        </div>
      </div>
    </>
  );
}
