import { useI18n } from '@/shared/i18n';
import { useAdmin } from '../AdminContext';
import { Plot } from './Plot';
import { PlotGroup } from './PlotGroup';
import { usePlot, type Wish } from './usePlot';

export const mainPlots: readonly Wish[] = [
  { title: 'plot.media', unit: 'unit.mbit', lines: [['sent', 'plot.sent', 'accent'], ['received', 'plot.received', 'chart-2']], filled: true },
  { title: 'plot.lateness', unit: 'unit.ms', lines: [['lateP99', 'plot.p99', 'accent'], ['lateHalf', 'plot.half', 'chart-mute']], alert: true },
  { title: 'plot.lost', unit: 'unit.percent', lines: [['lostTo', 'plot.toPeople', 'accent'], ['lostFrom', 'plot.fromPeople', 'chart-mute']], alert: true },
  { title: 'plot.answers', unit: 'unit.msP99', lines: [['requestP99', 'plot.requests', 'accent'], ['writeP99', 'plot.writes', 'chart-2']] },
];

export const serverPlots: readonly Wish[] = [
  ...mainPlots,
  {
    title: 'plot.traffic',
    unit: 'unit.perSecond',
    lines: [['good', 'plot.good', 'accent'], ['refused', 'plot.refusedByUs', 'chart-mute'], ['failed', 'plot.failed', 'danger']],
  },
  { title: 'plot.delivery', unit: 'unit.perSecond', lines: [['delivered', 'plot.delivered', 'accent'], ['published', 'plot.published', 'chart-3']], filled: true },
  { title: 'plot.lines', unit: null, lines: [['sockets', 'plot.sockets', 'accent'], ['connections', 'plot.http', 'chart-2']] },
  { title: 'plot.waiting', unit: null, lines: [['databaseQueue', 'plot.database', 'accent'], ['poolQueue', 'plot.threads', 'chart-mute']], alert: true },
];

/** Plots of the server's metrics; where those cannot be read, why, and how to let them through. */
export function Plots({ wishes }: { wishes: readonly Wish[] }) {
  const { t } = useI18n();
  const failure = useAdmin((state) => state.metricsFailure);
  const some = useAdmin((state) => state.points.length > 0);
  const plot = usePlot();
  if (failure && !some) return <p className="note">{t('plot.none', { detail: failure })}</p>;
  return (
    <>
      <PlotGroup>
        {wishes.map((wish) => (
          <Plot key={wish.title} data={plot(wish)} />
        ))}
      </PlotGroup>
      <p className="mt-2 text-12 text-text-3">{t('plot.since')}</p>
    </>
  );
}
