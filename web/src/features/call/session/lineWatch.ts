import { LocalTrack, RemoteTrack, Track, type Participant, type Room } from 'livekit-client';
import { createMeter, transportOf, type RawStat, type RawTrack } from '../stats/measure';
import { createLineWatch, wordOf } from './line';
import { nameOf } from './nameOf';
import type { CallStore } from './types';

const WATCH_MS = 3000;
const kinds = { [Track.Source.Camera]: 'camera', [Track.Source.ScreenShare]: 'screen', [Track.Source.Microphone]: 'sound' } as const;
type Shown = keyof typeof kinds;

async function rawOf(participant: Participant, me: boolean): Promise<RawTrack[]> {
  const wanted = [...participant.trackPublications.values()].filter(({ source }) => source in kinds);
  const tracks = wanted.map(async (publication): Promise<RawTrack | null> => {
    const { track } = publication;
    if (!(track instanceof LocalTrack) && !(track instanceof RemoteTrack)) return null;
    const report = await track.getRTCStatsReport().catch(() => undefined);
    const entries: RawStat[] = [];
    report?.forEach((stat: RawStat) => entries.push(stat));
    return {
      identity: participant.identity,
      name: nameOf(participant),
      me,
      kind: kinds[publication.source as Shown],
      fullHeight: publication.dimensions?.height ?? 0,
      report: entries,
    };
  });
  return (await Promise.all(tracks)).filter((track) => track !== null);
}

/** What the browser counts about every track that comes or goes here. */
export async function rawTracks(room: Room): Promise<RawTrack[]> {
  const all = await Promise.all([
    rawOf(room.localParticipant, true),
    ...[...room.remoteParticipants.values()].map((participant) => rawOf(participant, false)),
  ]);
  return all.flat();
}

/** Looks at the line every few seconds and says what limits it, once it lasts. Returns what ends it. */
export function watchLine(room: Room, store: CallStore): () => void {
  const meter = createMeter();
  let path: 'udp' | 'tcp' | null = null;
  const watch = createLineWatch(
    ({ text, action, kind }) =>
      store.dispatch({ type: 'notice', notice: { id: 'line', tone: 'warn', text, action, brief: kind === 'theirs' } }),
    () => store.dispatch({ type: 'dismiss', id: 'line' }),
  );
  const look = async () => {
    if (store.getState().phase !== 'connected') return;
    const raw = await rawTracks(room);
    watch(wordOf(store.getState().people, meter(raw, performance.now())));
    const transport = raw.map(({ report }) => transportOf(report)).find((found) => found !== null);
    if (!transport) return;
    const now = transport.tcp ? 'tcp' : 'udp';
    if (now === path) return;
    path = now;
    if (now === 'tcp') {
      store.dispatch({
        type: 'notice',
        notice: { id: 'path', tone: 'warn', text: { key: 'line.tcp', parameters: { port: String(transport.port) } } },
      });
    }
  };
  const timer = setInterval(() => void look(), WATCH_MS);
  return () => clearInterval(timer);
}
