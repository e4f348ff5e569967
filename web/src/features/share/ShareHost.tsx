import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { useClient } from '@/app/client';
import { findMe, useCall, useSession } from '@/features/call/session/CallContext';
import { userOf } from '@/features/call/session/RoomCallContext';
import { showError } from '@/features/notices/actions';
import { useI18n } from '@/shared/i18n';
import { useSize } from '@/shared/lib/useSize';
import { useStore } from '@/shared/state/store';
import { SharerBars } from './control/ControlBars';
import { GivenAway } from './control/GivenAway';
import { parseInput } from './control/input';
import { tabControl } from './control/thisTab';
import { Marks } from './marks/Marks';
import { Pointers } from './marks/Pointers';
import { ShareContext, useSharedScreen } from './ShareContext';
import { createShareRoom, type RunningShareRoom } from './shareRoom';
import { isOwnTab } from './view/ownTab';
import { ShareControls } from './view/ShareControls';

/** Passes what the one in control does to the tab that I share, for as long as they are in control. */
function useHandingOn(room: RunningShareRoom): void {
  const { screen } = useSession();
  const { people } = useCall();
  const names = useRef(people);
  useEffect(() => {
    names.current = people;
  }, [people]);
  const [given = null, controller = null] = useStore(room.store, ({ shares }) => {
    const mine = Object.values(shares).find(({ userId, controllerId }) => userId === room.me && controllerId !== null);
    return [mine?.id, mine?.controllerId];
  });
  useEffect(() => {
    if (given === null || controller === null) return;
    const tab = screen.tab();
    // The share went over to something else than a tab of Parley: there is nothing to control any more.
    if (tab === null) {
      room.revoke(given);
      return;
    }
    const nameOf = (userId: string) => names.current.find(({ identity }) => userOf(identity) === userId)?.name ?? '';
    tabControl().begin(tab, nameOf(controller));
    const stops = [
      room.onInput((shareId, from, wire) => {
        const input = parseInput(wire);
        const sign = screen.tab();
        if (shareId !== given || !input) return;
        if (sign !== tab) room.revoke(given);
        else tabControl().send(tab, input, nameOf(from));
      }),
      tabControl().onTakeBack(() => room.revoke(given)),
    ];
    return () => {
      for (const stop of stops) stop();
      tabControl().end(tab);
    };
  }, [room, screen, given, controller]);
}

function Handing({ room }: { room: RunningShareRoom }) {
  useHandingOn(room);
  return null;
}

/** Elsewhere in the page than on that of the call: the sharer still sees what is shared, and who asks for control. */
function SharerAway({ room }: { room: RunningShareRoom }) {
  const me = findMe(useCall().people);
  const share = useSharedScreen(me?.screen?.id ?? '');
  if (!me?.screen) return null;
  return (
    <div data-theme="dark" className="share-bars on-stage fixed! z-50!">
      <ShareControls person={me} container={null} compact />
      {share && <SharerBars share={share} room={room} />}
    </div>
  );
}

/** What is drawn on this very tab stands on the page itself, where everybody else sees it too. */
function OwnTabMarks() {
  const { t } = useI18n();
  const session = useSession();
  const { people } = useCall();
  const me = findMe(people);
  const share = useSharedScreen(me?.screen?.id ?? '');
  const [frame, { width, height }] = useSize<HTMLDivElement>();
  const shown = me && share && !me.screenPaused && isOwnTab(me, session);
  const nameOf = (userId: string) => people.find(({ identity }) => userOf(identity) === userId)?.name ?? t('draw.someone');
  return (
    <div ref={frame} dir="ltr" className="pointer-events-none fixed inset-0 z-45">
      {shown && (
        <>
          <Marks strokes={share.strokes} fading={share.fading} width={width} aspect={width / height || 1} />
          <Pointers pointers={share.pointers} nameOf={nameOf} />
        </>
      )}
    </div>
  );
}

interface Props {
  callId: string;
  /** The page of the call is shown; beside it there is only a small window. */
  shown: boolean;
  children: ReactNode;
}

/** Keeps the shared screens of a call, on the page of the call and beside it. */
export function ShareHost({ callId, shown, children }: Props) {
  const client = useClient();
  const me = useStore(client.session, (state) => state.user?.id ?? '');
  const room = useMemo(
    () => createShareRoom({ link: client.link, callId, me, onError: (error) => showError(client, error) }),
    [client, callId, me],
  );
  useEffect(() => room.start(), [room]);
  return (
    <ShareContext.Provider value={room}>
      <Handing room={room} />
      <GivenAway room={room} />
      {children}
      <OwnTabMarks />
      {!shown && <SharerAway room={room} />}
    </ShareContext.Provider>
  );
}
