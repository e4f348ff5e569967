import { useEffect } from 'react';
import { findMe, useSession } from '../session/CallContext';
import { useRoomCall } from '../session/RoomCallContext';
import { callKeyOf, takesLetters, takesSpace } from './keys';
import { toggleFullScreen } from './fullScreen';

/** Keys of the call, for as long as it is shown. */
export function useCallKeys(): void {
  const session = useSession();
  const toggleHand = useRoomCall()?.toggleHand;
  useEffect(() => {
    // Space holds the microphone open only if it was off before.
    let talking = false;
    const stopTalking = () => {
      if (talking) session.set('microphone', false);
      talking = false;
    };

    const onDown = (event: KeyboardEvent) => {
      const key = callKeyOf(event);
      if (!key || event.defaultPrevented) return;
      const chord = event.ctrlKey || event.metaKey;
      if (!chord && key !== 'close' && takesLetters(event.target)) return;
      switch (key) {
        case 'talk': {
          if (takesSpace(event.target)) return;
          event.preventDefault();
          if (findMe(session.store.getState().people)?.microphone) return;
          talking = true;
          session.set('microphone', true);
          return;
        }
        case 'microphone':
          // M while Space is held keeps the microphone on.
          if (talking) talking = false;
          else session.toggle('microphone');
          break;
        case 'camera':
        case 'screen':
          session.toggle(key);
          break;
        case 'hand':
          toggleHand?.();
          break;
        case 'fullScreen':
          toggleFullScreen();
          break;
        case 'close':
          session.store.dispatch({ type: 'dismiss' });
          return;
        default:
          return;
      }
      event.preventDefault();
    };
    const onUp = (event: KeyboardEvent) => {
      if (event.key === ' ') stopTalking();
    };

    window.addEventListener('keydown', onDown);
    window.addEventListener('keyup', onUp);
    // Keys released elsewhere are never told to us.
    window.addEventListener('blur', stopTalking);
    return () => {
      stopTalking();
      window.removeEventListener('keydown', onDown);
      window.removeEventListener('keyup', onUp);
      window.removeEventListener('blur', stopTalking);
    };
  }, [session, toggleHand]);
}
