import { useEffect, useRef } from 'react';
import { findMe, useSession } from '../session/CallContext';
import { useRoomCall, type RoomCall } from '../session/RoomCallContext';
import type { CallSession } from '../session/types';
import { comboFrom, isSingle } from '@/features/palette/bindings';
import { toggleShare } from '@/features/share/capture/toggleShare';
import { toggleCaptions } from '../captions/captions';
import { copyLinkByKey } from './copyLink';
import { callKeyOf, takesLetters, takesSpace, type CallKey } from './keys';
import { toggleFullScreen } from './fullScreen';

type Act = (session: CallSession, roomCall: RoomCall | null) => void;

const toggleCamera: Act = ({ toggle }) => toggle('camera');

const acts: Partial<Readonly<Record<CallKey, Act>>> = {
  camera: toggleCamera,
  stageCamera: toggleCamera,
  share: (session) => toggleShare(session),
  hand: (_, roomCall) => roomCall?.toggleHand(),
  callReact: ({ view }, roomCall) => {
    if (roomCall) view.dispatch({ type: 'reacting', on: true });
  },
  layout: ({ view }) => view.dispatch({ type: 'nextLayout' }),
  callChat: ({ view }, roomCall) => {
    if (roomCall) view.dispatch({ type: 'togglePanel', panel: 'chat' });
  },
  callPeople: ({ view }) => view.dispatch({ type: 'togglePanel', panel: 'people' }),
  captions: () => toggleCaptions(),
  invite: (session) => copyLinkByKey(session),
  blur: ({ devices }) => devices.toggleBlur(),
  fullScreen: () => toggleFullScreen(),
  statistics: ({ view }) => view.dispatch({ type: 'toggle', what: 'stats' }),
  leave: (session, roomCall) => (roomCall ? roomCall.leave() : session.leave()),
};

/** Space holds the microphone open, only if it was off before. */
function createTalk(session: CallSession) {
  let talking = false;
  return {
    start: () => {
      if (findMe(session.store.getState().people)?.microphone) return;
      talking = true;
      session.store.dispatch({ type: 'dismiss', id: 'talking' });
      session.set('microphone', true);
    },
    stop: () => {
      if (talking) session.set('microphone', false);
      talking = false;
    },
    /** M while Space is held keeps the microphone on. */
    keep: () => {
      const was = talking;
      talking = false;
      return was;
    },
  };
}

/** Keys of the call: all of them while it is shown, the chords also while one is elsewhere. */
export function useCallKeys(shown: boolean): void {
  const session = useSession();
  const roomCall = useRoomCall();
  // News of the room must not cut off whoever holds Space.
  const around = useRef(roomCall);
  useEffect(() => {
    around.current = roomCall;
  });
  useEffect(() => {
    const talk = createTalk(session);
    const onDown = (event: KeyboardEvent) => {
      const key = callKeyOf(event, shown);
      if (!key || event.defaultPrevented) return;
      if (key === 'close') {
        if (shown) session.store.dispatch({ type: 'dismiss' });
        return;
      }
      if (isSingle(comboFrom(event) ?? '') && takesLetters(event.target)) return;
      if (key === 'talk') {
        if (!shown || takesSpace(event.target)) return;
        event.preventDefault();
        talk.start();
        return;
      }
      if (key === 'microphone' || key === 'stageMicrophone') {
        event.preventDefault();
        if (!talk.keep()) session.toggle('microphone');
        return;
      }
      const act = acts[key];
      if (!act) return;
      event.preventDefault();
      act(session, around.current);
    };
    const onUp = (event: KeyboardEvent) => {
      if (event.key === ' ') talk.stop();
    };
    window.addEventListener('keydown', onDown);
    window.addEventListener('keyup', onUp);
    // Keys released elsewhere are never told to us.
    window.addEventListener('blur', talk.stop);
    return () => {
      talk.stop();
      window.removeEventListener('keydown', onDown);
      window.removeEventListener('keyup', onUp);
      window.removeEventListener('blur', talk.stop);
    };
  }, [session, shown]);
}
