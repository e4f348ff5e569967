import { LocalAudioTrack, LocalVideoTrack, Track, VideoPresets, type LocalParticipant } from 'livekit-client';
import type { MessageKey } from '@/shared/i18n';
import { BlurError } from '../blur/BlurError';
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
  /** Whether the background is to be blurred from the first picture on; told when that changes. */
  readonly blurred: boolean;
  readonly onBlurred: (on: boolean) => void;
}

interface DeviceActs extends CallDevices {
  readonly readAbilities: () => void;
  readonly startCamera: () => Promise<unknown>;
}

/** What can be changed about my devices while they run. */
export function createDeviceActs({ me, store, onFacing, blurred, onBlurred }: Parts): DeviceActs {
  let front = true;
  let blurWanted = blurred;

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

  const blurNotice = (tone: 'warn' | 'error', key: MessageKey & `more.blur${string}`) =>
    store.dispatch({ type: 'notice', notice: { id: 'blur', tone, text: { key }, brief: tone !== 'error' } });
  let blurring = false;
  const keepBlur = (on: boolean) => {
    blurWanted = on;
    onBlurred(on);
  };

  /** Code of some 200 KB comes with the first one. */
  async function newBlur() {
    blurNotice('warn', 'more.blurStarting');
    const { BlurProcessor } = await import('../blur/BlurProcessor').catch((error: unknown) => {
      throw new BlurError(error);
    });
    return BlurProcessor.open(() => blurNotice('error', 'more.blurFailed'));
  }

  /** The first picture that leaves is blurred, if that is wanted: a camera whose background cannot be blurred stays off. */
  async function startCamera() {
    if (camera() || !blurWanted) return me.setCameraEnabled(true);
    if (!canSegment()) throw new BlurError('no graphics');
    const publication = await me.setCameraEnabled(true, { processor: await newBlur() });
    store.dispatch({ type: 'dismiss', id: 'blur' });
    return publication;
  }

  async function changeBlur(picture: LocalVideoTrack, on: boolean) {
    const raw = picture.mediaStreamTrack;
    if (picture.getProcessor()) {
      await picture.stopProcessor();
    } else if (canBlur(raw)) {
      const constraints: BlurConstraints = { ...raw.getConstraints(), backgroundBlur: on };
      await raw.applyConstraints(constraints);
    } else {
      await picture.setProcessor(await newBlur());
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
      const is = picture ? blurOf(picture) : canSegment() ? (blurWanted ? 'on' : 'off') : 'unable';
      if (is === 'unable') {
        blurNotice('warn', 'more.blurWhy');
        return;
      }
      const on = is === 'off';
      if (!picture) {
        keepBlur(on);
        blurNotice('warn', on ? 'more.blurThen' : 'more.blurNotThen');
        return;
      }
      if (blurring) return;
      blurring = true;
      changeBlur(picture, on)
        .then(
          () => {
            keepBlur(on);
            readAbilities();
          },
          () => blurNotice('error', 'more.blurFailed'),
        )
        .finally(() => (blurring = false));
    },
    noBlur: () => keepBlur(false),
    startCamera,
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
