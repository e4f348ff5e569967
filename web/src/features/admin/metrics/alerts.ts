import type { MessageKey, Phrase } from '@/shared/i18n';
import type { Overview } from '../adminReducer';
import type { Point, PointName } from './derive';

export interface Threshold {
  readonly name: PointName;
  readonly at: number;
  readonly unit: 'unit.percent' | 'unit.ms' | 'unit.perSecond' | null;
  readonly title: MessageKey;
  readonly text: MessageKey;
  readonly why: MessageKey;
  /** How the number is said: a share as so many in a hundred. */
  readonly scale?: number;
}

/** What is worth a look, and from which value on. The plots draw the same lines. */
export const thresholds: readonly Threshold[] = [
  { name: 'lostTo', at: 2, unit: 'unit.percent', title: 'plot.lost', text: 'alert.loss', why: 'alert.lossWhy' },
  { name: 'lateP99', at: 5, unit: 'unit.ms', title: 'plot.lateness', text: 'alert.late', why: 'alert.lateWhy' },
  { name: 'slow', at: 5, unit: 'unit.percent', title: 'plot.answers', text: 'alert.slow', why: 'alert.slowWhy', scale: 100 },
  { name: 'failed', at: 0.1, unit: 'unit.perSecond', title: 'plot.failed', text: 'alert.errors', why: 'alert.errorsWhy' },
  { name: 'databaseQueue', at: 100, unit: null, title: 'plot.waiting', text: 'alert.queue', why: 'alert.queueWhy' },
  { name: 'starved', at: 1, unit: 'unit.perSecond', title: 'server.drops', text: 'alert.drops', why: 'alert.dropsWhy' },
];

export const thresholdOf = (name: PointName): number | undefined => thresholds.find((item) => item.name === name)?.at;

export interface Alert {
  readonly id: string;
  readonly text: Phrase;
  readonly why: MessageKey;
}

/** One beat may be a hiccup: what is told held for the last minute, in the middle of its values. */
const BEATS = 12;
const LEAST_BEATS = 6;

export function usual(points: readonly Point[], name: PointName, scale = 1): number | null {
  const values = points
    .slice(-BEATS)
    .flatMap((point) => point[name] ?? [])
    .sort((a, b) => a - b);
  const middle = values[Math.floor(values.length / 2)];
  return middle === undefined ? null : middle * scale;
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

export function alertsOf(points: readonly Point[], overview: Overview | null, letters: number): readonly Alert[] {
  const out: Alert[] = [];
  if (overview && !overview.database.available) out.push({ id: 'database', text: { key: 'alert.database' }, why: 'alert.databaseWhy' });
  if (overview?.draining) out.push({ id: 'draining', text: { key: 'alert.draining' }, why: 'alert.drainingWhy' });
  for (const { name, at, text, why, scale } of thresholds) {
    const value = points.length < LEAST_BEATS ? null : usual(points, name, scale);
    if (value !== null && value > at) out.push({ id: name, text: { key: text, parameters: { n: rounded(value) } }, why });
  }
  if (letters > 0) out.push({ id: 'letters', text: { key: 'alert.letters', parameters: { n: letters } }, why: 'alert.lettersWhy' });
  return out;
}
