import { useI18n, type MessageKey } from '@/shared/i18n';
import { isolated } from '@/shared/lib/time';
import { useAdmin } from '../AdminContext';
import type { Point, PointName } from '../metrics/derive';
import { thresholdOf } from '../metrics/alerts';
import type { Line, PlotData } from './Plot';
import type { Dot } from './scale';

export interface Wish {
  readonly title: MessageKey;
  readonly unit: MessageKey | null;
  readonly lines: readonly (readonly [name: PointName, text: MessageKey, colour: Line['colour']])[];
  readonly filled?: boolean;
  /** Draws the threshold of its first line. */
  readonly alert?: boolean;
}

export const dotsOf = (points: readonly Point[], name: PointName): readonly Dot[] => points.map((point) => ({ at: point.at, value: point[name] }));

/** A plot's data over the range that is chosen, up to the newest numbers. */
export function usePlot(): (wish: Wish) => PlotData {
  const { t, phrase, language } = useI18n();
  const points = useAdmin((state) => state.points);
  const minutes = useAdmin((state) => state.range);
  const to = points.at(-1)?.at ?? 0;
  const from = to - minutes * 60_000;
  const shown = points.filter(({ at }) => at >= from);
  return ({ title, unit, lines, filled, alert }) => {
    const unitText = unit ? phrase({ key: unit }) : '';
    const at = alert && lines[0] ? thresholdOf(lines[0][0]) : undefined;
    const value = at === undefined ? '' : isolated(`${new Intl.NumberFormat(language).format(at)} ${unitText}`.trim(), language);
    return {
      title: phrase({ key: title }),
      unit: unitText,
      from,
      to,
      range: minutes === 60 ? t('admin.hour') : t('admin.minutes', { n: minutes }),
      lines: lines.map(([name, text, colour]) => ({ name: phrase({ key: text }), colour, dots: dotsOf(shown, name), filled })),
      threshold: at === undefined ? undefined : { at, text: t('plot.alertAt', { value }) },
    };
  };
}
