import type { FileBrief, Id } from '@/shared/api/types';

/** Why a file was not taken, as the server names it. */
export interface UploadFailure {
  readonly code: string;
  readonly detail: string;
  readonly field?: string;
}

export interface Upload {
  readonly id: string;
  readonly roomId: Id;
  readonly threadId?: Id;
  readonly name: string;
  readonly size: number;
  readonly mime: string;
  readonly sent: number;
  readonly state: 'sending' | 'paused' | 'waiting' | 'checking' | 'done' | 'failed';
  /** A local picture to look at while it goes up. */
  readonly preview?: string;
  readonly file?: FileBrief;
  readonly error?: UploadFailure;
  /** It waits for the server's disk, not for the line. */
  readonly diskFull?: boolean;
  /** Bytes a second, smoothed; not known at first. */
  readonly speed?: number;
  /** From what the speed is told. */
  readonly beat?: { readonly at: number; readonly sent: number };
  /** Replaces this file as its next version, instead of being a new file in a message. */
  readonly replaces?: Id;
  /** Shared with the room as it is, without a message. */
  readonly alone?: boolean;
}

export type UploadsAction =
  | { readonly type: 'add'; readonly upload: Upload }
  | { readonly type: 'change'; readonly id: string; readonly change: Partial<Upload> }
  /** `at`: milliseconds of any clock that only goes forward. */
  | { readonly type: 'progress'; readonly id: string; readonly sent: number; readonly at: number }
  | { readonly type: 'remove'; readonly ids: readonly string[] }
  | { readonly type: 'reset' };

const BEAT_MS = 500;
const NEW_SHARE = 0.3;

/** More of it is there. Whatever it was said to wait for has come. */
function progressed(old: Upload, sent: number, at: number): Upload {
  if (old.state === 'paused' || old.state === 'done') return old;
  const next: Upload = { ...old, sent, state: 'sending', error: undefined, diskFull: undefined };
  if (old.state !== 'sending' || !old.beat || sent < old.beat.sent) return { ...next, speed: undefined, beat: { at, sent } };
  const passed = at - old.beat.at;
  if (passed < BEAT_MS) return next;
  const now = ((sent - old.beat.sent) * 1000) / passed;
  const speed = old.speed === undefined ? now : old.speed + NEW_SHARE * (now - old.speed);
  return { ...next, speed, beat: { at, sent } };
}

export function uploadsReducer(state: readonly Upload[], action: UploadsAction): readonly Upload[] {
  const withOne = (id: string, change: (old: Upload) => Upload): readonly Upload[] => {
    const at = state.findIndex((upload) => upload.id === id);
    const old = state[at];
    if (!old) return state;
    const next = change(old);
    return next === old ? state : state.with(at, next);
  };
  switch (action.type) {
    case 'add':
      return [...state, action.upload];
    case 'change':
      return withOne(action.id, (old) => ({ ...old, ...action.change }));
    case 'progress':
      return withOne(action.id, (old) => progressed(old, action.sent, action.at));
    case 'remove': {
      const left = state.filter(({ id }) => !action.ids.includes(id));
      return left.length === state.length ? state : left;
    }
    case 'reset':
      return state.length === 0 ? state : [];
  }
}
