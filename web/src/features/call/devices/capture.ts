type Kind = 'audio' | 'video';
interface Wish {
  readonly deviceId: string;
  readonly resolve: (track: MediaStreamTrack) => void;
  readonly reject: (error: unknown) => void;
}

const constraintsOf = (kind: Kind, { deviceId }: Wish): MediaTrackConstraints => ({
  // "ideal": an unplugged favourite gives way to what is there.
  ...(deviceId ? { deviceId: { ideal: deviceId } } : {}),
  ...(kind === 'video' ? { width: { ideal: 1280 }, height: { ideal: 720 } } : {}),
});

let waiting: Partial<Record<Kind, Wish>> = {};

async function openOne(kind: Kind, wish: Wish): Promise<void> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ [kind]: constraintsOf(kind, wish) });
    const [track] = stream.getTracks();
    if (track) wish.resolve(track);
    else wish.reject(new DOMException('no track', 'NotFoundError'));
  } catch (error) {
    wish.reject(error);
  }
}

async function openWaiting(): Promise<void> {
  const { audio, video } = waiting;
  waiting = {};
  if (audio && video) {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: constraintsOf('audio', audio),
        video: constraintsOf('video', video),
      });
      const [sound] = stream.getAudioTracks();
      const [picture] = stream.getVideoTracks();
      if (sound && picture) {
        audio.resolve(sound);
        video.resolve(picture);
        return;
      }
    } catch {
      // One of the two is missing or busy: asking for each tells which, and opens the other.
    }
  }
  await Promise.all([audio && openOne('audio', audio), video && openOne('video', video)]);
}

/** Opens a microphone or camera. Both wished for in the same moment make one question of the browser, not two. */
export function capture(kind: Kind, deviceId: string): Promise<MediaStreamTrack> {
  return new Promise((resolve, reject) => {
    // Pages over plain HTTP have no mediaDevices at all, whatever the types say.
    if (!(navigator.mediaDevices as MediaDevices | undefined)) {
      reject(new DOMException('insecure page', 'SecurityError'));
      return;
    }
    if (!waiting.audio && !waiting.video) queueMicrotask(() => void openWaiting());
    waiting[kind]?.reject(new DOMException('replaced by a newer wish', 'AbortError'));
    waiting[kind] = { deviceId, resolve, reject };
  });
}
