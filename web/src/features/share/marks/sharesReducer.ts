import type { Share, Stroke } from '@/shared/api/events';
import { isOld, stillFading } from './fading';
import { isFreehand, type ControlRequest, type Pointer, type SharedScreen } from './types';

/** A pointer that says nothing for so long is gone. */
export const POINTER_MS = 2000;

export interface SharesState {
  readonly shares: Readonly<Record<string, SharedScreen>>;
  /** Ids of strokes drawn in this page: they show at once, and what comes back of them is no news. */
  readonly own: ReadonlySet<string>;
}

export const noShares: SharesState = { shares: {}, own: new Set() };

export type SharesAction =
  /** Everything as the server has it, strokes too. */
  | { readonly type: 'state'; readonly shares: readonly Share[] }
  /** Which shares there are, and their rules. */
  | { readonly type: 'shares'; readonly shares: readonly Share[] }
  | { readonly type: 'drawn'; readonly shareId: string; readonly stroke: Stroke; readonly now: number }
  | { readonly type: 'added'; readonly shareId: string; readonly stroke: Stroke; readonly me: string; readonly now: number }
  | {
      readonly type: 'removed';
      readonly shareId: string;
      readonly strokes: readonly { readonly author: string; readonly id: string }[];
    }
  | { readonly type: 'cleared'; readonly shareId: string; readonly author: string | null; readonly now: number }
  | { readonly type: 'quiet'; readonly now: number }
  | { readonly type: 'requested'; readonly shareId: string; readonly by: ControlRequest }
  | { readonly type: 'answeredRequest'; readonly shareId: string; readonly userId: string }
  | { readonly type: 'asking'; readonly shareId: string; readonly asking: SharedScreen['asking'] }
  | { readonly type: 'control'; readonly shareId: string; readonly controllerId: string | null };

const sameStroke = (a: Stroke, author: string | undefined, id: string): boolean => a.author === author && a.id === id;

/** Puts a stroke, or the next part of one, to the others: as the server does it, so that both stay the same. */
export function withStroke(strokes: readonly Stroke[], stroke: Stroke): readonly Stroke[] {
  const index = strokes.findLastIndex((known) => sameStroke(known, stroke.author, stroke.id));
  const known = strokes[index];
  if (!known) return [...strokes, stroke];
  const grown = isFreehand(stroke.tool) ? { ...known, points: [...known.points, ...stroke.points], more: stroke.more } : stroke;
  return strokes.with(index, grown);
}

/** What undo would take: the author's own newest stroke, whoever drew after it. */
export function lastOf(strokes: readonly Stroke[], author: string): Stroke | undefined {
  return strokes.findLast((stroke) => stroke.author === author);
}

function fresh({ id, userId, drawers, controllerId, strokes = [] }: Share): SharedScreen {
  return { id, userId, drawers, controllerId, strokes, drawnAt: {}, fading: [], pointers: [], requests: [], asking: 'no' };
}

function withShares(state: SharesState, shares: readonly Share[], strokesToo: boolean): SharesState {
  const next = shares.map((share): [string, SharedScreen] => {
    const known = state.shares[share.id];
    if (!known) return [share.id, fresh(share)];
    const { drawers, controllerId } = share;
    return [share.id, { ...known, drawers, controllerId, strokes: strokesToo ? (share.strokes ?? []) : known.strokes }];
  });
  return { shares: Object.fromEntries(next), own: strokesToo || shares.length === 0 ? new Set() : state.own };
}

function change(state: SharesState, id: string, by: (share: SharedScreen) => SharedScreen): SharesState {
  const share = state.shares[id];
  if (!share) return state;
  const changed = by(share);
  return changed === share ? state : { ...state, shares: { ...state.shares, [id]: changed } };
}

function pointerOf(stroke: Stroke, now: number): Pointer | null {
  const [x, y] = stroke.points.slice(-2);
  if (!stroke.author || x === undefined || y === undefined) return null;
  return { author: stroke.author, x, y, laser: stroke.tool === 'laser', color: stroke.color ?? '', at: now };
}

const withTime = ({ drawnAt }: SharedScreen, { author = '' }: Stroke, now: number): SharedScreen['drawnAt'] => ({ ...drawnAt, [author]: now });

/** Marks of one author that nobody touched for a while go softly; all at once, or soon after they were drawn, at once. */
function cleared(share: SharedScreen, author: string | null, now: number): SharedScreen {
  if (author === null) return { ...share, strokes: [], fading: [] };
  const gone = share.strokes.filter((stroke) => stroke.author === author);
  const fading = isOld(share.drawnAt[author], now) ? gone.map((stroke) => ({ stroke, since: now })) : [];
  return { ...share, strokes: share.strokes.filter((stroke) => stroke.author !== author), fading: [...share.fading, ...fading] };
}

/** Others' pointers follow what they draw; a stroke that is done takes its pointer along. */
function withPointer(pointers: readonly Pointer[], stroke: Stroke, now: number): readonly Pointer[] {
  const others = pointers.filter(({ author }) => author !== stroke.author);
  const pointer = stroke.more ? pointerOf(stroke, now) : null;
  return pointer ? [...others, pointer] : others.length === pointers.length ? pointers : others;
}

function added(state: SharesState, { shareId, stroke, me, now }: Extract<SharesAction, { type: 'added' }>): SharesState {
  const mine = stroke.author === me;
  if (mine && state.own.has(stroke.id)) return state;
  return change(state, shareId, (share) => ({
    ...share,
    strokes: stroke.tool === 'laser' ? share.strokes : withStroke(share.strokes, stroke),
    drawnAt: stroke.tool === 'laser' ? share.drawnAt : withTime(share, stroke, now),
    pointers: mine ? share.pointers : withPointer(share.pointers, stroke, now),
  }));
}

function quiet(state: SharesState, now: number): SharesState {
  return Object.values(state.shares).reduce((next, { id }) => {
    return change(next, id, (share) => {
      const pointers = share.pointers.filter(({ at }) => now - at < POINTER_MS);
      const fading = stillFading(share.fading, now);
      return pointers.length === share.pointers.length && fading === share.fading ? share : { ...share, pointers, fading };
    });
  }, state);
}

export function sharesReducer(state: SharesState, action: SharesAction): SharesState {
  switch (action.type) {
    case 'state':
      return withShares(state, action.shares, true);
    case 'shares':
      return withShares(state, action.shares, false);
    case 'drawn': {
      const { stroke, now } = action;
      const next = change(state, action.shareId, (share) => ({
        ...share,
        strokes: withStroke(share.strokes, stroke),
        drawnAt: withTime(share, stroke, now),
      }));
      return next === state ? state : { ...next, own: new Set(state.own).add(stroke.id) };
    }
    case 'added':
      return added(state, action);
    case 'removed':
      return change(state, action.shareId, (share) => ({
        ...share,
        strokes: share.strokes.filter((stroke) => !action.strokes.some(({ author, id }) => sameStroke(stroke, author, id))),
      }));
    case 'cleared':
      return change(state, action.shareId, (share) => cleared(share, action.author, action.now));
    case 'quiet':
      return quiet(state, action.now);
    case 'requested':
      return change(state, action.shareId, (share) => ({
        ...share,
        requests: [...share.requests.filter(({ userId }) => userId !== action.by.userId), action.by],
      }));
    case 'answeredRequest':
      return change(state, action.shareId, (share) => ({
        ...share,
        requests: share.requests.filter(({ userId }) => userId !== action.userId),
      }));
    case 'asking':
      return change(state, action.shareId, (share) => ({ ...share, asking: action.asking }));
    case 'control':
      return change(state, action.shareId, (share) => ({ ...share, controllerId: action.controllerId }));
  }
}
