import type { Surface } from '@/features/share/capture/choice';
import type { ScreenCapture } from '@/features/share/capture/screen';
import type { Phrase } from '@/shared/i18n';
import type { Store } from '@/shared/state/store';
import type { Caption } from '../captions/heard';
import type { RawTrack } from '../stats/measure';
import type { CallView, ViewAction } from '../view/viewReducer';
import type { Words } from './words';

/**
 * One picture that can be shown in any number of elements. `attach` returns what takes it away again. With `whole` the best
 * of it is asked for, however small the element is.
 */
export interface Picture {
  readonly id: string;
  readonly attach: (element: HTMLVideoElement, whole?: boolean) => () => void;
}

export interface Person {
  readonly identity: string;
  readonly name: string;
  readonly me: boolean;
  readonly microphone: boolean;
  readonly speaking: boolean;
  readonly weak: boolean;
  /** Their line is broken; they are still in the call. */
  readonly away: boolean;
  /** The picture, while it comes: people on other pages have their camera on, and none here. */
  readonly camera: Picture | null;
  readonly cameraOn: boolean;
  readonly cameraSid: string;
  /** My own picture is shown as in a mirror, unless the camera looks away from me. */
  readonly mirrored: boolean;
  /** The server holds the camera's picture back: this line cannot carry it now. */
  readonly cameraPaused: boolean;
  readonly screen: Picture | null;
  /** What kind of surface the shared screen is, if its sender says so. */
  readonly screenSurface: Surface | null;
  readonly screenPaused: boolean;
  readonly joinedAt: number;
}

/** What the server lets me send. */
export type Rights = Readonly<Record<MediaKind, boolean>>;

export type NoticeAct = 'startAudio' | 'unmute' | 'stopVideo' | 'soundOnly' | 'videoAgain' | 'showPeople' | 'showBackground';

export interface Notice {
  readonly id: string;
  readonly tone: 'warn' | 'error';
  readonly text: Phrase;
  /** Goes by itself: it tells of something that is over. */
  readonly brief?: boolean;
  readonly action?: NoticeAct;
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
  | { readonly kind: 'away' | 'media' | 'timeout' | 'badAnswer' | 'unsupported' | 'page' | 'cancelled' | 'locked' | 'noKey' }
  | { readonly kind: 'tokenRefused' | 'server' | 'unknown'; readonly detail: string };

export class JoinError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.kind);
    this.name = 'JoinError';
  }
}

export type MediaKind = 'microphone' | 'camera' | 'screen';

export type Ability = 'on' | 'off' | 'unable';

export interface CallDevices {
  readonly toggleBlur: () => void;
  /** The camera starts without a blurred background from now on. */
  readonly noBlur: () => void;
  readonly setNoise: (on: boolean) => void;
  /** To the other camera of a phone. */
  readonly flip: () => void;
}

export interface CallSession {
  readonly devices: CallDevices;
  readonly store: CallStore;
  /** How I look at the call: layout, pins, panel. It outlives the page of the call. */
  readonly view: Store<CallView, ViewAction>;
  /** Whose cameras are wanted, of those who are here; the others' are not sent at all. */
  readonly watch: (identities: readonly string[], here: readonly string[]) => void;
  /** One more beside them, shown in a window of its own. */
  readonly watchAlso: (identity: string | null) => void;
  readonly set: (kind: MediaKind, on: boolean) => void;
  readonly toggle: (kind: MediaKind) => void;
  readonly selectDevice: (kind: MediaDeviceKind, id: string) => void;
  readonly screen: ScreenCapture;
  readonly startAudio: () => void;
  /** Puts the call aside and takes it up again, with microphone and camera as before or off. */
  readonly hold: (on: boolean, asBefore?: boolean) => void;
  /** Sound without pictures of people, for a line that carries no more. */
  readonly soundOnly: (on: boolean) => void;
  /** What the clients of the call tell each other. */
  readonly words: Words;
  /** A host says that it was they who silenced me. */
  readonly mutedBy: (kind: 'microphone' | 'camera', name: string) => void;
  /** Loudness of a voice now, 0..1; read ten times a second, outside of rendering. */
  readonly level: (identity: string) => number;
  /** What the browser counts about every track. */
  readonly tracks: () => Promise<readonly RawTrack[]>;
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
  /** Whether the background is blurred and noise suppressed, as far as the devices can. */
  readonly blur: Ability;
  readonly noise: Ability;
  /** The last sentences that an agent wrote down; whether there is one. */
  readonly captions: readonly Caption[];
  readonly captioner: boolean;
  readonly rights: Rights;
  /** At my wish no pictures of people come. */
  readonly soundOnly: boolean;
  /** Somebody keeps what is said and shown here. */
  readonly recording: boolean;
}

export type CallAction =
  | { readonly type: 'people'; readonly people: readonly Person[] }
  | { readonly type: 'reconnecting'; readonly now: number }
  | { readonly type: 'reconnected'; readonly now: number }
  | { readonly type: 'notice'; readonly notice: Notice }
  | { readonly type: 'dismiss'; readonly id?: string }
  /** Its way out was taken: it goes, unless that brought news of the same kind. */
  | { readonly type: 'handled'; readonly notice: Notice }
  | { readonly type: 'status'; readonly status: Phrase }
  | { readonly type: 'ability'; readonly what: 'blur' | 'noise'; readonly is: Ability }
  | { readonly type: 'caption'; readonly caption: Caption }
  | { readonly type: 'captioner'; readonly here: boolean }
  | { readonly type: 'rights'; readonly rights: Rights }
  | { readonly type: 'recording' | 'soundOnly'; readonly on: boolean }
  | { readonly type: 'ended'; readonly cause: EndCause };

export interface CallStore {
  readonly getState: () => CallState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly dispatch: (action: CallAction) => void;
}
