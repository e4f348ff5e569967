import { beyond, bucketsOf, quantile, sumOf, type Sample } from './parse';

/** `/metrics` as it was at a moment of this device's clock, in milliseconds. */
export interface Taken {
  readonly at: number;
  readonly sample: Sample;
}

/** What happened between two of them, as rates and shares. Null: nothing to tell it from. */
export interface Point {
  readonly at: number;
  readonly sent: number;
  readonly received: number;
  readonly lateP99: number | null;
  readonly lateHalf: number | null;
  readonly lostTo: number | null;
  readonly lostFrom: number | null;
  readonly requestP99: number | null;
  readonly writeP99: number | null;
  /** Share of the answers that took longer than 250 ms. */
  readonly slow: number;
  readonly good: number;
  readonly refused: number;
  readonly failed: number;
  readonly published: number;
  readonly delivered: number;
  readonly people: number;
  readonly inCalls: number;
  readonly sockets: number;
  readonly connections: number;
  readonly databaseQueue: number;
  readonly poolQueue: number;
  /** Packets that found no buffer, a second. */
  readonly starved: number;
}

export type PointName = Exclude<keyof Point, 'at'>;

const STARVING = ['pool_exhausted', 'send_buffer_full', 'mailbox_full'] as const;
const DROPS = 'parley_drops_total';

const percent = (part: number, whole: number): number | null => (whole > 0 ? (100 * part) / whole : null);
const millis = (seconds: number | null): number | null => (seconds === null ? null : seconds * 1000);

/** Null when the server was started anew in between: its counters began again. */
export function derive(before: Taken, now: Taken): Point | null {
  const seconds = (now.at - before.at) / 1000;
  const grown = (name: string, labels = {}) => sumOf(now.sample, name, labels) - sumOf(before.sample, name, labels);
  const rate = (name: string, labels = {}) => Math.max(0, grown(name, labels)) / seconds;
  const value = (name: string) => sumOf(now.sample, name);
  if (seconds <= 0 || grown('parley_http_responses_total') < 0) return null;
  const between = (name: string, labels = {}) => [bucketsOf(before.sample, name, labels), bucketsOf(now.sample, name, labels)] as const;
  const late = between('parley_loop_lag_seconds');
  const requests = between('parley_http_request_seconds');
  const writes = between('parley_database_seconds', { lane: 'write' });
  return {
    at: now.at,
    sent: (rate('parley_bytes_sent_total') * 8) / 1e6,
    received: (rate('parley_bytes_received_total') * 8) / 1e6,
    lateP99: millis(quantile(...late, 0.99)),
    lateHalf: millis(quantile(...late, 0.5)),
    lostTo: percent(rate('parley_nacks_received_total'), rate('parley_packets_sent_total')),
    lostFrom: percent(rate('parley_nacks_sent_total'), rate('parley_packets_received_total')),
    requestP99: millis(quantile(...requests, 0.99)),
    writeP99: millis(quantile(...writes, 0.99)),
    slow: beyond(...requests, 0.25),
    good: rate('parley_http_responses_total', { class: '2xx' }) + rate('parley_http_responses_total', { class: '3xx' }),
    refused: rate('parley_http_responses_total', { class: '4xx' }),
    failed: rate('parley_http_responses_total', { class: '5xx' }),
    published: rate('parley_events_published_total'),
    delivered: rate('parley_events_delivered_total'),
    people: value('parley_people_connected'),
    inCalls: value('parley_call_participants'),
    sockets: value('parley_sockets'),
    connections: value('parley_http_connections'),
    databaseQueue: value('parley_database_queue'),
    poolQueue: value('parley_pool_queue'),
    starved: STARVING.reduce((sum, reason) => sum + rate(DROPS, { reason }), 0),
  };
}

export interface Drop {
  readonly reason: string;
  readonly total: number;
  readonly rate: number;
}

/** Packets thrown away, the most frequent reason first. */
export function dropsOf(before: Taken | null, now: Taken): readonly Drop[] {
  const reasons = new Set((now.sample.get(DROPS) ?? []).map(({ labels }) => labels.reason ?? ''));
  const seconds = before ? (now.at - before.at) / 1000 : 0;
  return [...reasons]
    .map((reason) => {
      const total = sumOf(now.sample, DROPS, { reason });
      const grown = before && seconds > 0 ? Math.max(0, total - sumOf(before.sample, DROPS, { reason })) / seconds : 0;
      return { reason, total, rate: grown };
    })
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total);
}
