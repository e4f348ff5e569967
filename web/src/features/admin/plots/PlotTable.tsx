import { useI18n } from '@/shared/i18n';
import { clockText, isolated } from '@/shared/lib/time';
import type { PlotData } from './Plot';
import { useNumbers } from './useNumbers';

const MOST_ROWS = 60;

/** The values of a plot, newest first. Long ones are thinned out evenly. */
export function PlotTable({ data }: { data: PlotData }) {
  const { t, language } = useI18n();
  const number = useNumbers();
  const [first] = data.lines;
  const dots = (first?.dots ?? []).map(({ at }, index) => ({ at, values: data.lines.map((line) => line.dots[index]?.value ?? null) }));
  const step = Math.max(1, Math.ceil(dots.length / MOST_ROWS));
  const rows = dots.toReversed().filter((_, index) => index % step === 0);
  return (
    // Scrolls on its own, so the keyboard must be able to enter it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="h-40 overflow-y-auto" tabIndex={0} role="region" aria-label={data.title}>
      <table className="admin-table">
        <thead>
          <tr>
            <th scope="col">{t('plot.time')}</th>
            {data.lines.map(({ name }) => (
              <th key={name} scope="col" className="text-end!">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, values }) => (
            <tr key={at}>
              <td className="tabular-nums">{clockText(at, language)}</td>
              {values.map((value, index) => (
                <td key={data.lines[index]?.name} className="text-end tabular-nums">
                  {value === null ? '–' : isolated(`${number(value)} ${data.unit}`, language)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
