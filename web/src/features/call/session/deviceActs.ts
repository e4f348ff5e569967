import { LocalAudioTrack, LocalVideoTrack, Track, VideoPresets, type LocalParticipant } from 'livekit-client';
import { canSegment } from '../blur/canSegment';
import { devicePhrase } from '../devices/errors';
import type { Ability, CallDevices, CallStore } from './types';

/** A driver that blurs by itself costs the page nothing; browsers name it like this. */
type BlurCapabilities = MediaTrackCapabilities & { readonly backgroundBlur?: readonly boolean[] };
type BlurSettings = MediaTrackSettings & { readonly backgroundBlur?: boolean };
type BlurConstraints = MediaTrackConstraints & { readonly backgroundBlur?: boolean };

const canBlur = (track: MediaStreamTrack): boolean => {
  const { backgroundBlur = [] } = (track as { getCapabilities?: () => BlurCapabilities }).getCapabilities?.() ?? {};
  return backgroundBlur.includes(true) && backgroundBlur.includes(false);
};
const isBlurred = (track: MediaStreamTrack): boolean => (track.getSettings() as BlurSettings).backgroundBlur === true;

function blurOf(picture: LocalVideoTrack): Ability {
  if (picture.getProcessor()) return 'on';
  const raw = picture.mediaStreamTrack;
  if (canBlur(raw)) return isBlurred(raw) ? 'on' : 'off';
  return canSegment() ? 'off' : 'unable';
}

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

  const blurNotice = (tone: 'warn' | 'error', key: 'more.blurWhy' | 'more.blurFailed' | 'more.blurStarting') =>
    store.dispatch({ type: 'notice', notice: { id: 'blur', tone, text: { key }, brief: tone !== 'error' } });
  let blurring = false;

  async function changeBlur(picture: LocalVideoTrack, on: boolean) {
    const raw = picture.mediaStreamTrack;
    if (picture.getProcessor()) {
      await picture.stopProcessor();
    } else if (canBlur(raw)) {
      const constraints: BlurConstraints = { ...raw.getConstraints(), backgroundBlur: on };
      await raw.applyConstraints(constraints);
    } else {
      blurNotice('warn', 'more.blurStarting');
      const { BlurProcessor } = await import('../blur/BlurProcessor');
      await picture.setProcessor(new BlurProcessor(() => blurNotice('error', 'more.blurFailed')));
      store.dispatch({ type: 'dismiss', id: 'blur' });
    }
  }

  function readAbilities() {
    const picture = camera();
    if (picture) ability('blur', blurOf(picture));
    const sound = microphone()?.mediaStreamTrack;
    if (sound) {
      const { noiseSuppression } = sound.getSettings();
      ability('noise', noiseSuppression === undefined ? 'unable' : noiseSuppression ? 'on' : 'off');
    }
  }

  return {
    readAbilities,
    toggleBlur: () => {
      const picture = camera();
      const is = picture ? blurOf(picture) : 'unable';
      if (!picture || is === 'unable') {
        blurNotice('warn', 'more.blurWhy');
        return;
      }
      if (blurring) return;
      blurring = true;
      changeBlur(picture, is === 'off')
        .then(readAbilities, () => blurNotice('error', 'more.blurFailed'))
        .finally(() => (blurring = false));
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
