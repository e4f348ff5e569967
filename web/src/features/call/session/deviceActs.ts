import { LocalAudioTrack, LocalVideoTrack, Track, VideoPresets, type LocalParticipant } from 'livekit-client';
import { devicePhrase } from '../devices/errors';
import type { CallDevices, CallStore } from './types';

/** Blurring is done by the camera's own driver where there is one that can; browsers name it like this. */
type BlurCapabilities = MediaTrackCapabilities & { readonly backgroundBlur?: readonly boolean[] };
type BlurSettings = MediaTrackSettings & { readonly backgroundBlur?: boolean };
type BlurConstraints = MediaTrackConstraints & { readonly backgroundBlur?: boolean };

const canBlur = (track: MediaStreamTrack): boolean => {
  const { backgroundBlur = [] } = (track as { getCapabilities?: () => BlurCapabilities }).getCapabilities?.() ?? {};
  return backgroundBlur.includes(true) && backgroundBlur.includes(false);
};
const isBlurred = (track: MediaStreamTrack): boolean => (track.getSettings() as BlurSettings).backgroundBlur === true;

interface Parts {
  readonly me: LocalParticipant;
  readonly store: CallStore;
  /** The own picture changed its side. */
  readonly onFacing: (front: boolean) => void;
}

/** What can be changed about my devices while they run. */
export function createDeviceActs({ me, store, onFacing }: Parts): CallDevices & { readonly readAbilities: () => void } {
  let front = true;

  const camera = () => {
    const { track } = me.getTrackPublication(Track.Source.Camera) ?? {};
    return track instanceof LocalVideoTrack ? track : null;
  };
  const microphone = () => {
    const { track } = me.getTrackPublication(Track.Source.Microphone) ?? {};
    return track instanceof LocalAudioTrack ? track : null;
  };
  const ability = (what: 'blur' | 'noise', is: 'on' | 'off' | 'unable') => store.dispatch({ type: 'ability', what, is });
  const fail = (kind: 'camera' | 'microphone') => (error: unknown) =>
    store.dispatch({ type: 'notice', notice: { id: kind, tone: 'error', text: devicePhrase(kind, error) } });

  function readAbilities() {
    const picture = camera()?.mediaStreamTrack;
    if (picture) ability('blur', canBlur(picture) ? (isBlurred(picture) ? 'on' : 'off') : 'unable');
    const sound = microphone()?.mediaStreamTrack;
    if (sound) {
      const { noiseSuppression } = sound.getSettings();
      ability('noise', noiseSuppression === undefined ? 'unable' : noiseSuppression ? 'on' : 'off');
    }
  }

  return {
    readAbilities,
    toggleBlur: () => {
      const picture = camera()?.mediaStreamTrack;
      if (!picture || !canBlur(picture)) {
        store.dispatch({ type: 'notice', notice: { id: 'blur', tone: 'warn', text: { key: 'more.blurWhy' }, brief: true } });
        return;
      }
      const constraints: BlurConstraints = { ...picture.getConstraints(), backgroundBlur: !isBlurred(picture) };
      picture.applyConstraints(constraints).then(readAbilities, fail('camera'));
    },
    setNoise: (on) => {
      const sound = microphone();
      if (!sound) return;
      const { deviceId } = sound.mediaStreamTrack.getSettings();
      // Browsers change it only by opening the microphone anew.
      sound.restartTrack({ deviceId, noiseSuppression: on, echoCancellation: true, autoGainControl: true }).then(readAbilities, fail('microphone'));
    },
    flip: () => {
      const picture = camera();
      if (!picture) return;
      const facingMode = front ? 'environment' : 'user';
      picture.restartTrack({ facingMode, resolution: VideoPresets.h720.resolution }).then(() => {
        front = !front;
        onFacing(front);
        readAbilities();
      }, fail('camera'));
    },
  };
}
