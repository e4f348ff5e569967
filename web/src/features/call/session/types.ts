import type { Phrase } from '@/shared/i18n';

/** One picture that can be shown in any number of elements. `attach` returns what takes it away again. */
export interface Picture {
  readonly id: string;
  readonly attach: (element: HTMLVideoElement) => () => void;
}

export interface Person {
  readonly identity: string;
  readonly name: string;
  readonly me: boolean;
  readonly microphone: boolean;
  readonly speaking: boolean;
  readonly weak: boolean;
  readonly camera: Picture | null;
  /** The server holds the camera's picture back: this line cannot carry it now. */
  readonly cameraPaused: boolean;
  readonly screen: Picture | null;
  readonly joinedAt: number;
}

export interface Notice {
  readonly id: string;
  readonly tone: 'warn' | 'error';
  readonly text: Phrase;
  /** Goes by itself: it tells of something that is over. */
  readonly brief?: boolean;
  readonly action?: 'startAudio';
}

export type EndCause =
  | 'left'
  | 'removed'
  | 'roomClosed'
  | 'duplicate'
  | 'serverShutdown'
  | 'lineLost'
  | 'media'
  | 'stale'
  | 'unknown';

/** Why joining did not work. `detail` is the server's or the browser's own sentence. */
export type Failure =
  | { readonly kind: 'away' | 'media' | 'timeout' | 'badAnswer' | 'unsupported' | 'page' | 'cancelled' }
  | { readonly kind: 'tokenRefused' | 'server' | 'unknown'; readonly detail: string };

export class JoinError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.kind);
    this.name = 'JoinError';
  }
}

export type MediaKind = 'microphone' | 'camera' | 'screen';

export interface CallSession {
  readonly store: CallStore;
  readonly set: (kind: MediaKind, on: boolean) => void;
  readonly toggle: (kind: MediaKind) => void;
  readonly selectDevice: (kind: MediaDeviceKind, id: string) => void;
  readonly startAudio: () => void;
  /** Loudness of a voice now, 0..1; read ten times a second, outside of rendering. */
  readonly level: (identity: string) => number;
  readonly leave: () => void;
}

export interface CallState {
  readonly phase: 'connected' | 'reconnecting' | 'ended';
  readonly room: string;
  readonly since: number;
  /** When the line broke, while it is broken. */
  readonly awaySince: number | null;
  readonly people: readonly Person[];
  readonly notices: readonly Notice[];
  /** Last thing worth saying aloud: who came, who left, who shares. */
  readonly status: Phrase | null;
  readonly cause: EndCause | null;
}

export type CallAction =
  | { readonly type: 'people'; readonly people: readonly Person[] }
  | { readonly type: 'reconnecting'; readonly now: number }
  | { readonly type: 'reconnected'; readonly now: number }
  | { readonly type: 'notice'; readonly notice: Notice }
  | { readonly type: 'dismiss'; readonly id?: string }
  | { readonly type: 'ended'; readonly cause: EndCause };

export interface CallStore {
  readonly getState: () => CallState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly dispatch: (action: CallAction) => void;
}
