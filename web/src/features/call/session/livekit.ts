import {
  ConnectionQuality,
  ConnectionState,
  isBrowserSupported,
  Room,
  RoomEvent,
  Track,
  VideoPresets,
  type Participant,
  type RoomOptions,
} from 'livekit-client';
import { hasCaptioner, listenCaptions } from '../captions/listen';
import { BlurError } from '../blur/BlurError';
import { createDeviceActs } from './deviceActs';
import { devicePhrase } from '../devices/errors';
import { createScreen, screenFacts } from '@/features/share/capture/screen';
import type { Choosing, Preferences } from '../devices/preferences';
import { createCallStore, initialCall } from './callReducer';
import { endCauseOf, failureOf } from './failures';
import { createHostMutes } from './hostMutes';
import { createHold, subscribeToOthers } from './hold';
import { createLatestSwitch } from './latest';
import { sealMedia, type MediaKeys } from './sealedMedia';
import { rawTracks, watchLine } from './lineWatch';
import { nameOf } from './nameOf';
import { listenMuted } from './mutedEar';
import { pictureCache } from './pictures';
import { createRights, rightsOf } from './rights';
import { createSpeakingGate } from './speaking';
import { createStore } from '@/shared/state/store';
import { firstView, viewReducer } from '../view/viewReducer';
import { createWatching } from './watching';
import { createWords, type Words } from './words';
import type { Access } from './token';
import { JoinError, type CallSession, type MediaKind, type Person } from './types';

const sources = {
  microphone: Track.Source.Microphone,
  camera: Track.Source.Camera,
  screen: Track.Source.ScreenShare,
} as const;

function createRoom(preferences: Preferences, sealed: Partial<RoomOptions> = {}): Room {
  return new Room({
    ...sealed,
    // Beyond twice the density nobody sees the difference.
    adaptiveStream: { pixelDensity: Math.min(window.devicePixelRatio || 1, 2) },
    dynacast: true,
    audioCaptureDefaults: {
      deviceId: preferences.microphoneId || undefined,
      noiseSuppression: preferences.noiseSuppression,
    },
    videoCaptureDefaults: { deviceId: preferences.cameraId || undefined, resolution: VideoPresets.h720.resolution },
    audioOutput: preferences.speakerId ? { deviceId: preferences.speakerId } : undefined,
    publishDefaults: { simulcast: true },
  });
}

/** A browser's own "no" to a share is an answer, not a failure. */
const isShareDeclined = (kind: MediaKind, error: unknown): boolean =>
  kind === 'screen' && error instanceof Error && error.name === 'NotAllowedError' && !/system/i.test(error.message);

/** Sound of others plays from elements of its own: tiles come and go with pages, voices stay. */
function playSound(room: Room) {
  const shelf = document.createElement('div');
  shelf.hidden = true;
  document.body.append(shelf);
  room.on(RoomEvent.TrackSubscribed, (track) => {
    if (track.kind === Track.Kind.Audio) shelf.append(track.attach());
  });
  room.on(RoomEvent.TrackUnsubscribed, (track) => {
    if (track.kind === Track.Kind.Audio) for (const element of track.detach()) element.remove();
  });
  return () => shelf.remove();
}

/**
 * Joins a call and keeps its state until it ends. Rejects with JoinError; `signal` takes the wish back.
 * Microphone and camera start after the join and never hold it up: their failures become notices.
 */
export async function joinCall(
  access: Access,
  roomName: string,
  { preferences, change }: Choosing,
  signal: AbortSignal,
  keys?: MediaKeys | null,
): Promise<CallSession> {
  if (!isBrowserSupported()) throw new JoinError({ kind: 'unsupported' });
  const sealed = keys ? sealMedia(keys) : null;
  const room = createRoom(preferences, sealed?.options);
  const silence = playSound(room);
  // Before it connects: what a host says to one who comes in may be there before the promise is.
  const words = createWords(room);
  const abort = () => void room.disconnect();
  signal.addEventListener('abort', abort, { once: true });
  try {
    await sealed?.start(room);
    await room.connect(access.url, access.token, { maxRetries: 1 });
  } catch (error) {
    silence();
    throw new JoinError(signal.aborted ? { kind: 'cancelled' } : failureOf(error));
  } finally {
    signal.removeEventListener('abort', abort);
  }
  const session = createSession(room, roomName, { silence, words, blurred: preferences.blur, onBlurred: (blur) => change({ blur }) });
  session.set('microphone', preferences.microphone);
  session.set('camera', preferences.camera);
  return session;
}

interface Begun extends Pick<Parameters<typeof createDeviceActs>[0], 'blurred' | 'onBlurred'> {
  readonly silence: () => void;
  readonly words: Words;
}

function createSession(room: Room, roomName: string, { silence, words, ...blur }: Begun): CallSession {
  const store = createCallStore(initialCall(roomName || room.name, Date.now()));
  const pictureOf = pictureCache();
  const gate = createSpeakingGate(refresh);
  const watching = createWatching(subscribe);
  let front = true;
  const me = room.localParticipant;
  const screen = createScreen(me);
  const hostMutes = createHostMutes(store);
  const rights = createRights(store);

  /** A screen that its sharer paused is still shared. */
  function screenOf(participant: Participant): Pick<Person, 'screen' | 'screenSurface' | 'screenPaused'> {
    const publication = participant.getTrackPublication(Track.Source.ScreenShare);
    const { surface, paused } = screenFacts(publication);
    return { screen: pictureOf(publication, true), screenSurface: surface, screenPaused: paused };
  }

  function personOf(participant: Participant): Person {
    const camera = participant.getTrackPublication(Track.Source.Camera);
    const { connectionQuality } = participant;
    return {
      identity: participant.identity,
      name: nameOf(participant),
      me: participant === me,
      microphone: participant.isMicrophoneEnabled,
      speaking: gate.isSpeaking(participant.identity),
      weak: connectionQuality === ConnectionQuality.Poor || connectionQuality === ConnectionQuality.Lost,
      away: connectionQuality === ConnectionQuality.Lost,
      camera: pictureOf(camera),
      cameraOn: camera !== undefined && !camera.isMuted,
      cameraSid: camera?.trackSid ?? '',
      mirrored: participant === me && front,
      cameraPaused: camera?.track?.streamState === Track.StreamState.Paused,
      ...screenOf(participant),
      joinedAt: participant.joinedAt?.getTime() ?? 0,
    };
  }

  /** Cameras that nobody looks at here are not sent here. */
  function subscribe() {
    subscribeToOthers(room, ({ source }, identity) => {
      if (hold.on()) return false;
      return source !== Track.Source.Camera || (!store.getState().soundOnly && watching.wants(identity));
    });
  }

  function refresh() {
    // An agent that only listens or writes is no person on stage.
    const others = [...room.remoteParticipants.values()].filter(({ isAgent, trackPublications }) => !isAgent || trackPublications.size > 0);
    const participants: Participant[] = [me, ...others];
    store.dispatch({ type: 'people', people: participants.map(personOf) });
    store.dispatch({ type: 'captioner', here: hasCaptioner(room) });
  }

  const { readAbilities, startCamera, ...devices } = createDeviceActs({
    me,
    store,
    ...blur,
    onFacing: (isFront) => {
      front = isFront;
      refresh();
    },
  });

  function turn(kind: MediaKind, on: boolean): Promise<unknown> {
    if (kind === 'microphone') return me.setMicrophoneEnabled(on);
    if (kind === 'camera') return on ? startCamera() : me.setCameraEnabled(false);
    return on ? screen.start() : screen.stop();
  }

  const switchOf = (kind: MediaKind) =>
    createLatestSwitch(
      async (on) => {
        await turn(kind, on);
        store.dispatch({ type: 'dismiss', id: kind });
        refresh();
      },
      (error) => {
        refresh();
        if (isShareDeclined(kind, error)) return;
        const text = devicePhrase(kind, error);
        const unblurred = { id: 'blur', tone: 'error', text: { key: 'more.blurNoCamera' }, action: 'showBackground' } as const;
        store.dispatch({ type: 'notice', notice: error instanceof BlurError ? unblurred : { id: kind, tone: 'error', text } });
      },
    );
  const switches = { microphone: switchOf('microphone'), camera: switchOf('camera'), screen: switchOf('screen') };
  const hold = createHold({ switches, subscribe });

  /** What I had on is off, and I did not turn it: somebody who may did. */
  function noticeHost(kind: 'microphone' | 'camera') {
    const publication = me.getTrackPublication(sources[kind]);
    if (publication?.isMuted && switches[kind].wanted() && !switches[kind].turning()) hostMutes.happened(kind);
  }

  const readRights = () => rights.update(rightsOf(me.permissions));

  let unhear: () => void = () => undefined;
  let heard: MediaStreamTrack | null = null;
  /** While I am muted my own microphone is listened to, to say that nobody hears me. */
  function hearMuted() {
    const publication = me.getTrackPublication(Track.Source.Microphone);
    const track = publication?.isMuted && !hold.on() ? (publication.track?.mediaStreamTrack ?? null) : null;
    if (track === heard) return;
    unhear();
    heard = track;
    store.dispatch({ type: 'dismiss', id: 'talking' });
    const say = () =>
      store.dispatch({
        type: 'notice',
        notice: { id: 'talking', tone: 'warn', text: { key: 'muted.talking' }, action: 'unmute', brief: true },
      });
    unhear = track ? listenMuted(track, say) : () => undefined;
  }

  function settle() {
    hearMuted();
    noticeHost('microphone');
    noticeHost('camera');
    for (const kind of ['microphone', 'camera', 'screen'] as const) {
      const publication = me.getTrackPublication(sources[kind]);
      switches[kind].settle(publication !== undefined && (kind === 'screen' || !publication.isMuted));
    }
    refresh();
  }

  for (const event of [
    RoomEvent.ParticipantConnected,
    RoomEvent.ParticipantDisconnected,
    RoomEvent.ParticipantNameChanged,
    RoomEvent.TrackSubscribed,
    RoomEvent.TrackUnsubscribed,
    RoomEvent.TrackPublished,
    RoomEvent.TrackUnpublished,
    RoomEvent.TrackStreamStateChanged,
    RoomEvent.ConnectionQualityChanged,
  ] as const) {
    room.on(event, refresh);
  }
  for (const event of [
    RoomEvent.TrackMuted,
    RoomEvent.TrackUnmuted,
    RoomEvent.LocalTrackPublished,
    RoomEvent.LocalTrackUnpublished,
  ] as const) {
    room.on(event, settle);
  }
  room.on(RoomEvent.ParticipantPermissionsChanged, readRights);
  room.on(RoomEvent.TrackPublished, subscribe);
  room.on(RoomEvent.LocalTrackPublished, readAbilities);
  room.on(RoomEvent.ActiveSpeakersChanged, (speakers) => {
    gate.update(new Set(speakers.map(({ identity }) => identity)));
  });
  room.on(RoomEvent.ConnectionStateChanged, (state) => {
    if (state === ConnectionState.Reconnecting || state === ConnectionState.SignalReconnecting) {
      store.dispatch({ type: 'reconnecting', now: Date.now() });
    } else if (state === ConnectionState.Connected) {
      refresh();
      store.dispatch({ type: 'reconnected', now: Date.now() });
    }
  });
  room.on(RoomEvent.AudioPlaybackStatusChanged, noticeSound);
  room.on(RoomEvent.RecordingStatusChanged, noticeRecording);
  room.on(RoomEvent.Disconnected, (reason) => {
    gate.stop();
    stopWatching();
    unhear();
    watching.stop();
    silence();
    store.dispatch({ type: 'ended', cause: endCauseOf(reason) });
  });

  function noticeSound() {
    const blocked = { id: 'sound', tone: 'warn', text: { key: 'notice.audioBlocked' }, action: 'startAudio' } as const;
    store.dispatch(room.canPlaybackAudio ? { type: 'dismiss', id: blocked.id } : { type: 'notice', notice: blocked });
  }

  /** Nobody is recorded without being told, with the way out; the sign stays as long as it lasts. */
  function noticeRecording() {
    const on = room.isRecording;
    if (on === store.getState().recording) return;
    store.dispatch({ type: 'recording', on });
    const notice = { id: 'recording', tone: 'warn', text: { key: 'recording.notice' } } as const;
    store.dispatch(on ? { type: 'notice', notice } : { type: 'dismiss', id: notice.id });
  }

  const set = (kind: MediaKind, on: boolean) => {
    if (rights.allow(kind, on)) switches[kind].set(on);
  };

  listenCaptions(room, store);
  const stopWatching = watchLine(room, store);
  refresh();
  readRights();
  noticeSound();
  noticeRecording();
  return {
    store,
    devices,
    view: createStore(viewReducer, firstView),
    watch: watching.watch,
    watchAlso: watching.also,
    set,
    toggle: (kind) => set(kind, !switches[kind].wanted()),
    selectDevice: (kind, id) => {
      const about = kind === 'videoinput' ? 'camera' : 'microphone';
      room.switchActiveDevice(kind, id || 'default').catch((error: unknown) => {
        store.dispatch({ type: 'notice', notice: { id: about, tone: 'error', text: devicePhrase(about, error) } });
      });
    },
    hold: hold.set,
    soundOnly: (on) => {
      store.dispatch({ type: 'soundOnly', on });
      subscribe();
      const notice = { id: 'line', tone: 'warn', text: { key: 'line.soundOnly' }, action: 'videoAgain' } as const;
      store.dispatch(on ? { type: 'notice', notice } : { type: 'dismiss', id: 'line' });
    },
    screen,
    words,
    mutedBy: hostMutes.by,
    startAudio: () => void room.startAudio().catch(noticeSound),
    level: (identity) => room.getParticipantByIdentity(identity)?.audioLevel ?? 0,
    tracks: () => rawTracks(room),
    leave: () => void room.disconnect(),
  };
}
