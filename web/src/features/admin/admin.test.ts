import { describe, expect, it } from 'vitest';
import { adminReducer, nothingYet, type AdminCall, type AuditEntry, type MediaPerson, type Overview } from './adminReducer';
import { auditCsv } from './csv';
import { alertsOf } from './metrics/alerts';
import { derive, dropsOf, type Point, type Taken } from './metrics/derive';
import { beyond, bucketsOf, parseMetrics, quantile, sumOf } from './metrics/parse';
import { limitOf, qualityOf, sendingOf, strip, withMinute, worstOf } from './metrics/quality';
import { makePassword } from './password';
import { nearest, pathOf, scaleFor, timesIn } from './plots/scale';
import { groupSettings } from './settingGroups';

const text = `# HELP parley_rooms rooms now
# TYPE parley_rooms gauge
parley_rooms 3
parley_bytes_sent_total{shard="0"} 1000
parley_bytes_sent_total{shard="1"} 2000
parley_drops_total{shard="0",reason="pool_exhausted"} 4
parley_drops_total{shard="0",reason="rtp_muted"} 0
lag_bucket{shard="0",le="0.001"} 90
lag_bucket{shard="0",le="0.01"} 100
lag_bucket{shard="0",le="+Inf"} 100
odd{name="a\\"b\\n"} 1
rubbish
`;

describe('reading /metrics', () => {
  const sample = parseMetrics(text);

  it('sums the series of a family that have the labels', () => {
    expect(sumOf(sample, 'parley_rooms')).toBe(3);
    expect(sumOf(sample, 'parley_bytes_sent_total')).toBe(3000);
    expect(sumOf(sample, 'parley_bytes_sent_total', { shard: '1' })).toBe(2000);
    expect(sumOf(sample, 'not_there')).toBe(0);
  });

  it('reads escapes in labels and passes over what is no metric', () => {
    expect(sample.get('odd')?.[0]?.labels.name).toBe('a"b\n');
    expect(sample.has('rubbish')).toBe(false);
  });

  it('tells quantiles of what was counted in between', () => {
    const now = bucketsOf(sample, 'lag');
    expect(quantile(new Map(), now, 0.5)).toBeCloseTo(0.000556, 5);
    expect(quantile(new Map(), now, 0.95)).toBeCloseTo(0.0055, 4);
    expect(quantile(now, now, 0.5)).toBeNull();
    expect(beyond(new Map(), now, 0.001)).toBeCloseTo(0.1);
  });

  it('does not make up what lies beyond the last bound', () => {
    const far = new Map([[1, 0], [Infinity, 10]]);
    expect(quantile(new Map(), far, 0.99)).toBe(1);
  });
});

const takenAt = (at: number, lines: Readonly<Record<string, number>>): Taken => ({
  at,
  sample: parseMetrics(Object.entries(lines).map(([name, value]) => `${name} ${value}`).join('\n')),
});

describe('rates', () => {
  const before = takenAt(0, { parley_bytes_sent_total: 0, parley_packets_sent_total: 0, parley_nacks_received_total: 0, 'parley_http_responses_total{class="2xx"}': 10 });
  const now = takenAt(5000, {
    parley_bytes_sent_total: 6_250_000,
    parley_packets_sent_total: 1000,
    parley_nacks_received_total: 30,
    'parley_http_responses_total{class="2xx"}': 20,
    'parley_http_responses_total{class="5xx"}': 5,
  });

  it('are what grew in the time between', () => {
    expect(derive(before, now)).toMatchObject({ sent: 10, lostTo: 3, lostFrom: null, good: 2, failed: 1 });
  });

  it('are not told over a start of the server', () => {
    expect(derive(now, before)).toBeNull();
    expect(derive(takenAt(0, { 'parley_http_responses_total{class="2xx"}': 99 }), now)).toBeNull();
  });

  it('of dropped packets stand by their reason, the most frequent first', () => {
    const late = takenAt(1000, { 'parley_drops_total{reason="a"}': 4, 'parley_drops_total{reason="b"}': 9, 'parley_drops_total{reason="c"}': 0 });
    const early = takenAt(0, { 'parley_drops_total{reason="a"}': 2 });
    expect(dropsOf(early, late)).toEqual([
      { reason: 'b', total: 9, rate: 9 },
      { reason: 'a', total: 4, rate: 2 },
    ]);
    expect(dropsOf(null, late)[0]?.rate).toBe(0);
  });
});

const nothing = derive(takenAt(0, {}), takenAt(5000, {}));
if (!nothing) throw new Error('no point');
const makePoint = (change: Partial<Point> = {}): Point => ({ ...nothing, ...change });
const makeOverview = (change: Partial<Overview['database']> = {}, draining = false): Overview =>
  ({ draining, database: { engine: 'sqlite', available: true, queued: 0, writes: 0, reads: 0, errors: 0, ...change } }) as Overview;

describe('alerts', () => {
  const points = (lostTo: number, count = 12) => Array.from({ length: count }, () => makePoint({ lostTo }));

  it('tell what stays beyond its threshold', () => {
    expect(alertsOf(points(2.25), null, 0)).toMatchObject([{ id: 'lostTo', text: { key: 'alert.loss', parameters: { n: 2.3 } } }]);
    expect(alertsOf(points(1.9), null, 0)).toEqual([]);
  });

  it('do not cry at one bad beat, nor before there is something to judge by', () => {
    expect(alertsOf([...points(0, 11), makePoint({ lostTo: 50 })], null, 0)).toEqual([]);
    expect(alertsOf(points(9, 2), null, 0)).toEqual([]);
  });

  it('count slow answers in a hundred', () => {
    expect(alertsOf(points(0).map((point) => ({ ...point, slow: 0.2 })), null, 0)).toMatchObject([{ id: 'slow', text: { parameters: { n: 20 } } }]);
  });

  it('tell of the database, of an end that is near, and of webhooks', () => {
    expect(alertsOf([], makeOverview({ available: false }, true), 2).map(({ id }) => id)).toEqual(['database', 'draining', 'letters']);
  });
});

const makePerson = (quality: MediaPerson['quality'], change: Partial<MediaPerson> = {}): MediaPerson => ({
  identity: quality,
  userId: quality,
  name: quality,
  joinedAt: '',
  state: 'active',
  quality,
  score: 4,
  tracks: [],
  ...change,
});
const makeCall = (participants: readonly MediaPerson[], status = 'active'): AdminCall => ({ call: { id: 'c', status }, roomName: '', participants }) as unknown as AdminCall;

describe('the quality of a call', () => {
  it('is that of its weakest line', () => {
    expect(qualityOf(makeCall([]))).toBeNull();
    expect(qualityOf(makeCall([makePerson('excellent'), makePerson('good')]))).toBe('good');
    expect(qualityOf(makeCall([makePerson('good'), makePerson('poor')]))).toBe('fair');
    expect(qualityOf(makeCall([makePerson('poor'), makePerson('lost')]))).toBe('poor');
    expect(qualityOf(makeCall([makePerson('lost', { state: 'disconnected' })]))).toBeNull();
  });

  it('keeps the worst of each minute, for half an hour', () => {
    const bad = withMinute(withMinute({}, 60_000, 'poor'), 90_000, 'good');
    expect(strip(bad, 60_000).at(-1)).toBe('poor');
    expect(strip(bad, 120_000).slice(-2)).toEqual(['poor', null]);
    expect(worstOf(bad)).toBe('poor');
    expect(withMinute(bad, 60_000 * 40, 'good')).toEqual({ 40: 'good' });
  });

  it('says whose line limits it', () => {
    expect(limitOf(makeCall([makePerson('good')]))).toEqual({ kind: 'nothing' });
    expect(limitOf(makeCall([], 'ringing'))).toEqual({ kind: 'ringing' });
    const weak = [makePerson('poor', { name: 'Ada', score: 2 }), makePerson('poor', { name: 'Bo', score: 1 })];
    expect(limitOf(makeCall(weak))).toEqual({ kind: 'weak', name: 'Bo', more: 1 });
    expect(limitOf(makeCall([...weak, makePerson('lost', { name: 'Cleo' })]))).toEqual({ kind: 'gone', name: 'Cleo', more: 0 });
  });

  it('counts what is sent, without what is switched off', () => {
    const track = (source: 'camera' | 'microphone', muted: boolean) => ({ sid: source, source, muted, width: 0, height: 0 });
    const person = makePerson('good', { tracks: [track('camera', false), track('microphone', true)] });
    expect(sendingOf(makeCall([person]))).toEqual({ cameras: 1, screens: 0, voices: 0 });
  });
});

describe('the state', () => {
  it('keeps an hour of points and begins with the second sample', () => {
    const one = adminReducer(nothingYet, { type: 'metrics', taken: takenAt(0, { parley_rooms: 1 }) });
    expect(one.points).toHaveLength(0);
    const two = adminReducer(one, { type: 'metrics', taken: takenAt(5000, { parley_rooms: 1 }) });
    expect(two.points).toHaveLength(1);
    expect(adminReducer(two, { type: 'metrics', taken: takenAt(4_000_000, { parley_rooms: 1 }) }).points).toHaveLength(1);
  });

  it('is stale while the server is away, with the numbers of before', () => {
    const there = adminReducer(nothingYet, { type: 'numbers', at: 7, overview: makeOverview(), storage: {} as never, calls: [makeCall([makePerson('poor')])] });
    expect(there.quality.c).toEqual({ 0: 'fair' });
    const away = adminReducer(there, { type: 'away' });
    expect(away).toMatchObject({ stale: true, updatedAt: 7 });
    expect(away.overview).toBe(there.overview);
  });
});

describe('scales', () => {
  it.each([
    [0, 1],
    [0.9, 1],
    [2.4, 3],
    [276, 300],
    [1000, 1000],
  ])('up to %d end at %d', (largest, top) => {
    expect(scaleFor(largest).top).toBe(top);
    expect(scaleFor(largest).ticks.length).toBeLessThanOrEqual(5);
  });

  it('leave a gap where nothing is known', () => {
    const dots = [1, null, 3, 4].map((value, at) => ({ at, value }));
    expect(pathOf(dots, (at) => at, (value) => value)).toBe('M0.0 1.0M2.0 3.0L3.0 4.0');
  });

  it('mark round times, and find the dot that is pointed at', () => {
    expect(timesIn(30_000, 300_000)).toEqual([60_000, 120_000, 180_000, 240_000, 300_000]);
    expect(nearest([{ at: 0 }, { at: 10 }, { at: 20 }], 14)).toBe(1);
    expect(nearest([], 14)).toBe(-1);
  });
});

describe('small things', () => {
  it('writes a log that a spreadsheet takes for text', () => {
    const entry = { at: 't', actorId: 'a', actorName: '=cmd()', action: 'user.disable', objectType: null, objectId: null, roomId: null, address: null, detail: { why: 'a "b"' } } as unknown as AuditEntry;
    expect(auditCsv([entry]).split('\r\n')[1]).toBe(`"t","'=cmd()","user.disable","","","","","{""why"":""a \\""b\\""""}"`);
  });

  it('groups settings by where they are looked for', () => {
    const groups = groupSettings({ 'files.dir': 'x', 'rtc.shards': 'auto', data_dir: '/d' }, '');
    expect(groups.map(({ title }) => title)).toEqual(['limits.files', 'limits.calls', 'limits.rest']);
    expect(groupSettings({ 'files.dir': 'x', data_dir: '/d' }, 'AUTO')).toEqual([]);
  });

  it('makes passwords that can be read aloud, each another', () => {
    expect(makePassword()).toMatch(/^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/);
    expect(makePassword()).not.toBe(makePassword());
  });
});
