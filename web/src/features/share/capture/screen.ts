import { LocalVideoTrack, ScreenSharePresets, Track, VideoPreset, type LocalParticipant } from 'livekit-client';
import { captureOptions, publishOptions, shareChoice, surfaceOf, type Content, type Surface } from './choice';

/** What my own shared screen can be told while it runs. */
export interface ScreenCapture {
  readonly pause: (paused: boolean) => void;
  readonly setContent: (content: Content) => void;
  /** The page's own sign of the tab that is shared; null for anything but a tab of Parley. */
  readonly tab: () => string | null;
}

export interface ScreenSwitch extends ScreenCapture {
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<unknown>;
}

/** Not in the browser's types yet; only Chromium can say which tab a track shows. */
interface CaptureHandleTrack {
  readonly getCaptureHandle?: () => { readonly handle?: string; readonly origin?: string } | null;
}

const lower = {
  text: new VideoPreset(1280, 720, 600_000, 5),
  motion: ScreenSharePresets.h360fps15,
} as const;

/** Starts and stops my screen in the room of a call. What kind of surface it is, is its track's name for everybody. */
export function createScreen(me: LocalParticipant): ScreenSwitch {
  const track = () => me.getTrackPublication(Track.Source.ScreenShare)?.track;
  return {
    start: async () => {
      const choice = shareChoice.getState();
      const tracks = await me.createScreenTracks(captureOptions(choice));
      for (const one of tracks) {
        const surface = surfaceOf(one.mediaStreamTrack.getSettings().displaySurface) ?? choice.surface;
        const options = publishOptions(choice, surface);
        const video = one.kind === Track.Kind.Video;
        await me.publishTrack(one, video ? { ...options, screenShareSimulcastLayers: [lower[choice.content]] } : undefined);
      }
    },
    stop: () => me.setScreenShareEnabled(false),
    pause: (paused) => void (paused ? track()?.mute() : track()?.unmute()),
    setContent: (content) => {
      const video = track();
      shareChoice.dispatch({ content });
      if (!(video instanceof LocalVideoTrack)) return;
      video.mediaStreamTrack.contentHint = content === 'text' ? 'detail' : 'motion';
      void video.setDegradationPreference(content === 'text' ? 'maintain-resolution' : 'maintain-framerate');
    },
    tab: () => {
      const handle = (track()?.mediaStreamTrack as CaptureHandleTrack | undefined)?.getCaptureHandle?.();
      return handle?.origin === window.location.origin ? (handle.handle ?? null) : null;
    },
  };
}

/** What others see of a screen besides its picture. */
export function screenFacts(publication: { readonly trackName: string; readonly isMuted: boolean } | undefined): {
  readonly surface: Surface | null;
  readonly paused: boolean;
} {
  return { surface: surfaceOf(publication?.trackName), paused: publication?.isMuted ?? false };
}
