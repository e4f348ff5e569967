import type { AdminCall, MediaPerson } from '../adminReducer';

export type Quality = 'good' | 'fair' | 'poor';

/** What was seen of a call, minute by minute: the worst of each. */
export type Minutes = Readonly<Record<number, Quality>>;

export const MINUTES = 30;
const MINUTE_MS = 60_000;
const rank: Readonly<Record<Quality, number>> = { good: 0, fair: 1, poor: 2 };

/** Null while nobody's media is connected. */
export function qualityOf({ participants }: AdminCall): Quality | null {
  const there = participants.filter(({ state }) => state === 'active');
  if (there.length === 0) return null;
  if (there.some(({ quality }) => quality === 'lost')) return 'poor';
  return there.some(({ quality }) => quality === 'poor') ? 'fair' : 'good';
}

export function withMinute(minutes: Minutes, at: number, quality: Quality | null): Minutes {
  if (!quality) return minutes;
  const minute = Math.floor(at / MINUTE_MS);
  const kept = Object.entries(minutes).filter(([key]) => Number(key) > minute - MINUTES);
  const old = minutes[minute];
  const worst = old && rank[old] > rank[quality] ? old : quality;
  return { ...Object.fromEntries(kept), [minute]: worst };
}

/** The last 30 minutes, oldest first; null where nobody looked. */
export function strip(minutes: Minutes, at: number): readonly (Quality | null)[] {
  const last = Math.floor(at / MINUTE_MS);
  return Array.from({ length: MINUTES }, (_, index) => minutes[last - MINUTES + 1 + index] ?? null);
}

export const worstOf = (minutes: Minutes): Quality | null =>
  Object.values(minutes).reduce<Quality | null>((worst, quality) => (worst && rank[worst] >= rank[quality] ? worst : quality), null);

export type Limit =
  | { readonly kind: 'nothing' | 'ringing' }
  | { readonly kind: 'gone' | 'weak'; readonly name: string; readonly more: number };

/** What keeps a call from being as good as it could be: whose line it is. */
export function limitOf({ call, participants }: AdminCall): Limit {
  const nameOf = ({ name, userId }: MediaPerson) => name || userId;
  const lost = participants.filter(({ quality, state }) => state === 'active' && quality === 'lost');
  if (lost[0]) return { kind: 'gone', name: nameOf(lost[0]), more: 0 };
  const weak = participants.filter(({ quality, state }) => state === 'active' && quality === 'poor').toSorted((a, b) => a.score - b.score);
  if (weak[0]) return { kind: 'weak', name: nameOf(weak[0]), more: weak.length - 1 };
  return { kind: call.status === 'ringing' ? 'ringing' : 'nothing' };
}

export interface Sending {
  readonly cameras: number;
  readonly screens: number;
  readonly voices: number;
}

/** What goes over the server, tracks that are switched off not counted. */
export function sendingOf({ participants }: AdminCall): Sending {
  const tracks = participants.flatMap((person) => person.tracks).filter(({ muted }) => !muted);
  const count = (source: string) => tracks.filter((track) => track.source === source).length;
  return { cameras: count('camera'), screens: count('screen'), voices: count('microphone') };
}
