import type { components } from '@/shared/api/generated/openapi';
import { derive, type Point, type Taken } from './metrics/derive';
import { qualityOf, withMinute, type Minutes } from './metrics/quality';

type Schemas = components['schemas'];
export type Overview = Schemas['AdminOverview'];
export type Storage = Schemas['Storage'];
export type MediaPerson = Schemas['AdminMediaParticipant'];
export type AdminCall = Schemas['AdminCall'] & { readonly participants: readonly MediaPerson[] };
export type AuditEntry = Schemas['AuditEntry'];
export type DeadLetter = Schemas['DeadLetterPage']['items'][number];

export interface AdminState {
  readonly overview: Overview | null;
  readonly storage: Storage | null;
  readonly calls: readonly AdminCall[] | null;
  readonly log: readonly AuditEntry[];
  readonly letters: readonly DeadLetter[];
  /** When the numbers above were asked for the last time and answered. */
  readonly updatedAt: number | null;
  readonly stale: boolean;
  /** What was seen of the calls in progress, by the call's id. */
  readonly quality: Readonly<Record<string, Minutes>>;
  readonly points: readonly Point[];
  readonly last: Taken | null;
  readonly before: Taken | null;
  /** How far back the plots go, in minutes. */
  readonly range: number;
  /** Why there are no plots. */
  readonly metricsFailure: string | null;
}

export type AdminAction =
  | { readonly type: 'numbers'; readonly at: number; readonly overview: Overview; readonly storage: Storage; readonly calls: readonly AdminCall[] }
  | { readonly type: 'log'; readonly entries: readonly AuditEntry[] }
  | { readonly type: 'letters'; readonly letters: readonly DeadLetter[] }
  | { readonly type: 'away' }
  | { readonly type: 'range'; readonly minutes: number }
  | { readonly type: 'metrics'; readonly taken: Taken }
  | { readonly type: 'noMetrics'; readonly detail: string };

export const nothingYet: AdminState = {
  overview: null,
  storage: null,
  calls: null,
  log: [],
  letters: [],
  updatedAt: null,
  stale: false,
  quality: {},
  points: [],
  last: null,
  before: null,
  range: 5,
  metricsFailure: null,
};

/** An hour, at a beat of five seconds. */
const KEPT_MS = 3_600_000;

function withMetrics(state: AdminState, taken: Taken): AdminState {
  const point = state.last ? derive(state.last, taken) : null;
  const points = point ? [...state.points.filter(({ at }) => at > taken.at - KEPT_MS), point] : state.points;
  return { ...state, points, before: state.last, last: taken, metricsFailure: null };
}

export function adminReducer(state: AdminState, action: AdminAction): AdminState {
  switch (action.type) {
    case 'numbers': {
      const { at, overview, storage, calls } = action;
      const quality = Object.fromEntries(calls.map((item) => [item.call.id, withMinute(state.quality[item.call.id] ?? {}, at, qualityOf(item))]));
      return { ...state, overview, storage, calls, quality, updatedAt: at, stale: false };
    }
    case 'log':
      return { ...state, log: action.entries };
    case 'letters':
      return { ...state, letters: action.letters };
    case 'away':
      return { ...state, stale: true };
    case 'range':
      return { ...state, range: action.minutes };
    case 'metrics':
      return withMetrics(state, action.taken);
    case 'noMetrics':
      return { ...state, metricsFailure: action.detail };
  }
}
