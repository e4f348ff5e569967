import type { ScreenShareCaptureOptions, TrackPublishOptions } from 'livekit-client';
import { localStore } from '@/shared/lib/storage';
import { createStore } from '@/shared/state/store';

export const surfaces = ['monitor', 'window', 'browser'] as const;
export type Surface = (typeof surfaces)[number];
export type Content = 'text' | 'motion';

/** How a screen is shared. The browser's own dialog still lets everybody choose another surface. */
export interface ShareChoice {
  readonly surface: Surface;
  readonly content: Content;
  readonly sound: boolean;
}

export const usualChoice: ShareChoice = { surface: 'monitor', content: 'text', sound: true };

export const surfaceOf = (value: unknown): Surface | null => surfaces.find((surface) => surface === value) ?? null;

export function parseChoice(value: unknown): ShareChoice | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { surface, content, sound } = value as Readonly<Record<string, unknown>>;
  return {
    surface: surfaceOf(surface) ?? usualChoice.surface,
    content: content === 'motion' ? 'motion' : 'text',
    sound: typeof sound === 'boolean' ? sound : usualChoice.sound,
  };
}

const KEY = 'parley.share';

/** What was chosen last time; the next share begins with it. */
export const shareChoice = createStore((state: ShareChoice, change: Partial<ShareChoice>) => {
  const next = { ...state, ...change };
  localStore.write(KEY, next);
  return next;
}, localStore.read(KEY, parseChoice, usualChoice));

/** Text wants every pixel and can wait for it; motion wants every frame and can do with fewer pixels. */
export function captureOptions({ surface, content, sound }: ShareChoice): ScreenShareCaptureOptions {
  return {
    audio: sound,
    video: { displaySurface: surface },
    contentHint: content === 'text' ? 'detail' : 'motion',
    resolution: content === 'text' ? { width: 2560, height: 1440, frameRate: 15 } : { width: 1920, height: 1080, frameRate: 30 },
    selfBrowserSurface: 'include',
    surfaceSwitching: 'include',
    systemAudio: sound ? 'include' : 'exclude',
  };
}

export function publishOptions({ content }: Pick<ShareChoice, 'content'>, name: string): TrackPublishOptions {
  return content === 'text'
    ? {
        name,
        simulcast: true,
        screenShareEncoding: { maxBitrate: 4_000_000, maxFramerate: 15, priority: 'high' },
        degradationPreference: 'maintain-resolution',
      }
    : {
        name,
        simulcast: true,
        screenShareEncoding: { maxBitrate: 5_000_000, maxFramerate: 30, priority: 'high' },
        degradationPreference: 'maintain-framerate',
      };
}
