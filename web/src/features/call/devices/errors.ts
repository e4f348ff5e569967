import type { Phrase } from '@/shared/i18n';
import type { MediaKind } from '../session/types';

export type DeviceTrouble = 'blocked' | 'none' | 'busy' | 'failed';

/** Which of the browser's many errors this is. */
export function troubleOf(error: unknown): DeviceTrouble {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
    case 'SecurityError':
      return 'blocked';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}

const phrases = {
  microphone: {
    blocked: 'device.micBlocked',
    none: 'device.micNone',
    busy: 'device.micBusy',
    failed: 'device.micFailed',
  },
  camera: {
    blocked: 'device.cameraBlocked',
    none: 'device.cameraNone',
    busy: 'device.cameraBusy',
    failed: 'device.cameraFailed',
  },
  screen: {
    blocked: 'device.shareBlocked',
    none: 'device.shareBlocked',
    busy: 'device.shareFailed',
    failed: 'device.shareFailed',
  },
} as const;

/** The words for it: what happened and the way out. */
export function devicePhrase(kind: MediaKind, error: unknown): Phrase {
  const detail = error instanceof Error && error.message ? error.message : String(error);
  return { key: phrases[kind][troubleOf(error)], parameters: { detail } };
}
