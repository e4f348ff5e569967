import { Table2, TrendingUp } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/shared/i18n';
import { IconButton } from '@/shared/ui/IconButton';
import { PlotPicture } from './PlotPicture';
import { PlotTable } from './PlotTable';
import type { Dot } from './scale';
import { useNumbers } from './useNumbers';

export interface Line {
  readonly name: string;
  readonly colour: 'accent' | 'chart-2' | 'chart-3' | 'chart-mute' | 'danger';
  readonly dots: readonly Dot[];
  /** Tinted down to the ground. */
  readonly filled?: boolean;
}

export interface PlotData {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly Line[];
  /** What is still well, and how that is said. */
  readonly threshold?: { readonly at: number; readonly text: string };
  readonly from: number;
  readonly to: number;
  readonly range: string;
}

const latest = (line: Line | undefined): number | null => line?.dots.findLast(({ value }) => value !== null)?.value ?? null;

function Legend({ lines }: { lines: readonly Line[] }) {
  return (
    <span className="min-w-0 flex-1 truncate">
      {lines.map(({ name, colour }) => (
        <span key={name} className="plot-key">
          <i style={{ background: `var(--${colour})` }} />
          {name}
        </span>
      ))}
    </span>
  );
}

/** One or more lines over time: a picture with a crosshair, and the same numbers as a table for whoever wants them. */
export function Plot({ data }: { data: PlotData }) {
  const { t } = useI18n();
  const number = useNumbers();
  const [table, setTable] = useState(false);
  const now = latest(data.lines[0]);
  const said = now === null ? t('plot.noValue') : `${number(now)} ${data.unit}`;
  return (
    <figure className="plot" aria-label={t('plot.label', { title: data.title, range: data.range, value: said })}>
      <figcaption className="mb-1 flex items-baseline gap-2 text-13">
        <b className="flex-none font-semibold">{data.title}</b>
        <Legend lines={data.lines} />
        <span className="plot-now">
          {now === null ? '–' : number(now)}
          <small>{data.unit}</small>
        </span>
        <IconButton
          small
          className="self-center"
          label={t(table ? 'plot.asPlot' : 'plot.asTable')}
          icon={table ? TrendingUp : Table2}
          size={15}
          aria-pressed={table}
          onClick={() => setTable(!table)}
        />
      </figcaption>
      {table ? <PlotTable data={data} /> : <PlotPicture data={data} />}
    </figure>
  );
}
