/** One track with what the browser counts about it. */
export interface RawTrack {
  readonly identity: string;
  readonly name: string;
  readonly me: boolean;
  readonly kind: 'camera' | 'screen' | 'sound';
  /** Height of the picture at its source, 0 where it is not known. */
  readonly fullHeight: number;
  readonly report: readonly RawStat[];
}

export type RawStat = Readonly<Record<string, unknown>> & { readonly type: string; readonly id: string };

/** What is shown of it. Null where nothing is known yet. */
export interface Measured {
  readonly identity: string;
  readonly name: string;
  readonly me: boolean;
  readonly kind: RawTrack['kind'];
  readonly fullHeight: number;
  readonly height: number | null;
  readonly bitsPerSecond: number | null;
  readonly framesPerSecond: number | null;
  readonly codec: string | null;
  readonly roundTripMs: number | null;
  readonly lossPercent: number | null;
  readonly jitterMs: number | null;
  readonly freezes: number | null;
  readonly limitedBy: 'bandwidth' | 'cpu' | null;
}

/** Counters of a moment, to be taken from those of the next. */
export interface Counters {
  readonly at: number;
  readonly bytes: number;
  readonly packets: number;
  readonly lost: number;
}

const number = (stat: RawStat | undefined, key: string): number | null => {
  const value = stat?.[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};
const sum = (stats: readonly RawStat[], key: string): number => stats.reduce((all, stat) => all + (number(stat, key) ?? 0), 0);
const largest = (stats: readonly RawStat[], key: string): number | null => {
  const values = stats.map((stat) => number(stat, key)).filter((value) => value !== null);
  return values.length > 0 ? Math.max(...values) : null;
};

/** The pair of addresses that carries the media. */
export function pathOf(report: readonly RawStat[]): RawStat | undefined {
  const pairs = report.filter(({ type }) => type === 'candidate-pair');
  const chosen = report.find(({ type }) => type === 'transport')?.selectedCandidatePairId;
  return pairs.find(({ id }) => id === chosen) ?? pairs.find(({ nominated, state }) => nominated === true && state === 'succeeded');
}

/** TCP instead of UDP, and to which port; null while the path is not known. */
export function transportOf(report: readonly RawStat[]): { readonly tcp: boolean; readonly port: number } | null {
  const pair = pathOf(report);
  const remote = report.find(({ id }) => id === pair?.remoteCandidateId);
  return remote ? { tcp: remote.protocol === 'tcp', port: number(remote, 'port') ?? 0 } : null;
}

function codecOf(report: readonly RawStat[], stream: RawStat | undefined): string | null {
  const mime = report.find(({ id }) => id === stream?.codecId)?.mimeType;
  if (typeof mime !== 'string') return null;
  const mode = stream?.scalabilityMode;
  const svc = typeof mode === 'string' && !mode.startsWith('L1') ? ' SVC' : '';
  return `${mime.split('/')[1] ?? mime}${svc}`;
}

const limitOf = (streams: readonly RawStat[]): Measured['limitedBy'] => {
  const reasons = streams.map(({ qualityLimitationReason }) => qualityLimitationReason);
  return reasons.includes('cpu') ? 'cpu' : reasons.includes('bandwidth') ? 'bandwidth' : null;
};

const percent = (lost: number, all: number): number | null => (all > 0 ? Math.round((Math.max(0, lost) / all) * 1000) / 10 : null);
const rounded = (value: number | null, times = 1): number | null => (value === null ? null : Math.round(value * times));

/** What a track does now, from its counters and those of a moment ago. Pure. */
export function measure(raw: RawTrack, before: Counters | undefined, at: number): { shown: Measured; counters: Counters } {
  const { report } = raw;
  const streams = report.filter(({ type }) => type === (raw.me ? 'outbound-rtp' : 'inbound-rtp'));
  const active = streams.filter((stream) => (number(stream, 'frameHeight') ?? 1) > 0 && stream.active !== false);
  const top = active.toSorted((a, b) => (number(b, 'frameHeight') ?? 0) - (number(a, 'frameHeight') ?? 0))[0] ?? streams[0];
  const heard = report.filter(({ type }) => type === 'remote-inbound-rtp');
  const counters = {
    at,
    bytes: sum(streams, raw.me ? 'bytesSent' : 'bytesReceived'),
    packets: sum(streams, raw.me ? 'packetsSent' : 'packetsReceived'),
    lost: sum(raw.me ? heard : streams, 'packetsLost'),
  };
  const seconds = before ? (at - before.at) / 1000 : 0;
  const packets = before ? counters.packets - before.packets : 0;
  const lost = before ? counters.lost - before.lost : 0;
  const { identity, name, me, kind, fullHeight } = raw;
  const shown: Measured = {
    identity,
    name,
    me,
    kind,
    fullHeight,
    height: number(top, 'frameHeight'),
    bitsPerSecond: before && seconds > 0 ? Math.max(0, Math.round(((counters.bytes - before.bytes) * 8) / seconds)) : null,
    framesPerSecond: rounded(number(top, 'framesPerSecond')),
    codec: codecOf(report, top),
    roundTripMs: rounded(number(pathOf(report), 'currentRoundTripTime') ?? largest(heard, 'roundTripTime'), 1000),
    lossPercent: percent(lost, me ? packets : packets + lost),
    jitterMs: rounded(largest(me ? heard : streams, 'jitter'), 1000),
    freezes: me ? null : number(top, 'freezeCount'),
    limitedBy: me ? limitOf(active) : null,
  };
  return { shown, counters };
}

/** Measures again and again: keeps the counters between. */
export function createMeter() {
  let before = new Map<string, Counters>();
  return (tracks: readonly RawTrack[], at: number): Measured[] => {
    const next = new Map<string, Counters>();
    const shown = tracks.map((raw) => {
      const key = `${raw.identity} ${raw.kind}`;
      const result = measure(raw, before.get(key), at);
      next.set(key, result.counters);
      return result.shown;
    });
    before = next;
    return shown;
  };
}
