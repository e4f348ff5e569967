import { useEffect, useReducer } from 'react';
import type { Phrase } from '@/shared/i18n';
import { capture } from './capture';
import { devicePhrase, troubleOf, type DeviceTrouble } from './errors';
import { whenItMayWork } from './retry';

export type CaptureState =
  | { readonly step: 'off' }
  | { readonly step: 'asking' }
  | { readonly step: 'on'; readonly track: MediaStreamTrack }
  | { readonly step: 'failed'; readonly why: Phrase; readonly trouble: DeviceTrouble };

export type CaptureAction =
  | { readonly type: 'off' }
  | { readonly type: 'ask' }
  | { readonly type: 'opened'; readonly track: MediaStreamTrack }
  | { readonly type: 'failed'; readonly why: Phrase; readonly trouble: DeviceTrouble };

export function captureReducer(state: CaptureState, action: CaptureAction): CaptureState {
  switch (action.type) {
    case 'off':
      return state.step === 'off' ? state : { step: 'off' };
    case 'ask':
      // Changing devices keeps the old picture until the new one is there.
      return state.step === 'on' ? state : { step: 'asking' };
    case 'opened':
      return { step: 'on', track: action.track };
    case 'failed':
      return { step: 'failed', why: action.why, trouble: action.trouble };
  }
}

/** A microphone or camera of the page before the call, open exactly while `wanted`. */
export function useCapture(kind: 'audio' | 'video', wanted: boolean, deviceId: string): CaptureState {
  const [state, dispatch] = useReducer(captureReducer, { step: 'off' });
  useEffect(() => {
    if (!wanted) {
      dispatch({ type: 'off' });
      return;
    }
    let current = true;
    let open: MediaStreamTrack | null = null;
    let stopWaiting: () => void = () => undefined;
    const start = () => {
      stopWaiting();
      capture(kind, deviceId).then(
        (track) => {
          if (!current) {
            track.stop();
            return;
          }
          open = track;
          // Pulled out of its socket, or taken back in the browser's own bar.
          track.addEventListener('ended', () => {
            if (current) fail(new DOMException('ended', 'NotFoundError'));
          });
          dispatch({ type: 'opened', track });
        },
        (error: unknown) => {
          if (current) fail(error);
        },
      );
    };
    function fail(error: unknown) {
      const trouble = troubleOf(error);
      dispatch({ type: 'failed', why: devicePhrase(kind === 'audio' ? 'microphone' : 'camera', error), trouble });
      stopWaiting();
      stopWaiting = whenItMayWork(kind, trouble, start);
    }
    dispatch({ type: 'ask' });
    start();
    return () => {
      current = false;
      stopWaiting();
      open?.stop();
    };
  }, [kind, wanted, deviceId]);
  return state;
}
