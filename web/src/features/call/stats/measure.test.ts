import { describe, expect, it } from 'vitest';
import { createMeter, measure, transportOf, type RawStat, type RawTrack } from './measure';

const pair = [
  { id: 't', type: 'transport', selectedCandidatePairId: 'p2' },
  { id: 'p1', type: 'candidate-pair', currentRoundTripTime: 9 },
  { id: 'p2', type: 'candidate-pair', currentRoundTripTime: 0.024, remoteCandidateId: 'r' },
  { id: 'r', type: 'remote-candidate', protocol: 'tcp', port: 443 },
] satisfies RawStat[];

const inbound = (change: Partial<RawStat> = {}): RawStat => ({
  id: 'i',
  type: 'inbound-rtp',
  bytesReceived: 100_000,
  packetsReceived: 1000,
  packetsLost: 10,
  frameHeight: 720,
  framesPerSecond: 29.6,
  jitter: 0.004,
  freezeCount: 2,
  codecId: 'c',
  ...change,
});
const codec = { id: 'c', type: 'codec', mimeType: 'video/VP9' };
const track = (report: readonly RawStat[], change: Partial<RawTrack> = {}): RawTrack => ({
  identity: 'bo',
  name: 'Bo',
  me: false,
  kind: 'camera',
  fullHeight: 1080,
  report,
  ...change,
});

describe('measure', () => {
  it('reads what comes from counters of two moments', () => {
    const meter = createMeter();
    meter([track([...pair, codec, inbound()])], 0);
    const later = inbound({ bytesReceived: 455_000, packetsReceived: 1995, packetsLost: 15 });
    expect(meter([track([...pair, codec, later])], 2000)[0]).toMatchObject({
      height: 720,
      bitsPerSecond: 1_420_000,
      framesPerSecond: 30,
      codec: 'VP9',
      roundTripMs: 24,
      lossPercent: 0.5,
      jitterMs: 4,
      freezes: 2,
    });
  });

  it('knows neither a rate nor a loss at first', () => {
    expect(measure(track([inbound()]), undefined, 0).shown).toMatchObject({ bitsPerSecond: null, lossPercent: null, roundTripMs: null, codec: null });
  });

  it('adds the layers that I send, shows the largest and what limits them', () => {
    const layer = (id: string, change: Partial<RawStat>): RawStat => ({ id, type: 'outbound-rtp', codecId: 'c', bytesSent: 1000, packetsSent: 10, ...change });
    const report = [
      codec,
      layer('q', { frameHeight: 180, qualityLimitationReason: 'none' }),
      layer('h', { frameHeight: 360, qualityLimitationReason: 'bandwidth', scalabilityMode: 'L3T3_KEY' }),
      layer('f', { frameHeight: 720, active: false }),
      { id: 'e', type: 'remote-inbound-rtp', packetsLost: 3, jitter: 0.01, roundTripTime: 0.05 },
    ];
    const { shown, counters } = measure(track(report, { me: true }), { at: 0, bytes: 0, packets: 0, lost: 0 }, 1000);
    expect(shown).toMatchObject({ height: 360, codec: 'VP9 SVC', limitedBy: 'bandwidth', bitsPerSecond: 24_000, lossPercent: 10, roundTripMs: 50, freezes: null });
    expect(counters.bytes).toBe(3000);
  });
});

describe('transportOf', () => {
  it('is the chosen pair, not the first', () => {
    expect(transportOf(pair)).toEqual({ tcp: true, port: 443 });
    expect(transportOf([])).toBeNull();
  });
});
