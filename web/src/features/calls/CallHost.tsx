import { lazy, Suspense, useEffect, useRef } from 'react';
import { useClient } from '@/app/client';
import { navigate, roomPath, type Route } from '@/app/router';
import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Button } from '@/shared/ui/Button';
import { Flag } from '@/shared/ui/Flag';
import { failurePhrase } from '@/features/call/failurePhrase';
import { CallProvider } from '@/features/call/session/CallContext';
import { RoomCallContext } from '@/features/call/session/RoomCallContext';
import { roomTitle } from '@/features/rooms/actions';
import { joinCallIn, leaveCall } from './actions';
import type { ActiveCall } from './activeReducer';
import { Lobby } from './lobby/Lobby';
import { useHosting } from './lobby/useHosting';
import { useLobby } from './lobby/useLobby';
import { loadCall, useJoining } from './useJoining';
import { useRoomCall } from './useRoomCall';

const CallScreen = lazy(async () => ({ default: (await loadCall()).CallScreen }));
const FloatingCall = lazy(async () => ({ default: (await loadCall()).FloatingCall }));
const PipProvider = lazy(async () => ({ default: (await loadCall()).PipProvider }));
const ShareHost = lazy(async () => ({ default: (await loadCall()).ShareHost }));
const RoomPreJoin = lazy(async () => ({ default: (await import('./RoomPreJoin')).RoomPreJoin }));

interface StageProps {
  room: Room;
  children: React.ReactNode;
}

/** The dark page of a call that is not there yet, or no longer. */
function StagePage({ room, children }: StageProps) {
  const client = useClient();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <main
      data-theme="dark"
      className="on-stage fixed inset-0 z-30 flex flex-col items-center justify-center gap-4 bg-stage px-6 text-center text-stage-text"
    >
      <Flag room={room.id} spec={room.flag} size={56} />
      <h1 ref={title} tabIndex={-1} className="text-26 font-semibold tracking-[-0.018em] outline-none">
        <bdi>{roomTitle(client, room)}</bdi>
      </h1>
      {children}
    </main>
  );
}

function Joining({ room }: { room: Room }) {
  const { t } = useI18n();
  const client = useClient();
  return (
    <StagePage room={room}>
      <p role="status" className="text-15 text-stage-text-2">
        {t('call.connecting')}
      </p>
      <Button
        onClick={() => {
          leaveCall(client);
          navigate(roomPath(room.id));
        }}
      >
        {t('app.cancel')}
      </Button>
    </StagePage>
  );
}

/** What ended it, in words; a call that nobody took was not closed for everybody. */
function endWords({ cause, outcome }: Extract<ActiveCall, { step: 'ended' }>) {
  if (cause === 'roomClosed' && outcome === 'missed') return 'ended.unanswered';
  if (cause === 'roomClosed' && outcome === 'declined') return 'ended.declined';
  return `ended.${cause === 'left' ? 'leftMore' : cause}` as const;
}

function Over({ room, active }: { room: Room; active: Extract<ActiveCall, { step: 'ended' | 'failed' }> }) {
  const { t, phrase } = useI18n();
  const client = useClient();
  const failure = active.step === 'failed' ? failurePhrase(active.failure) : null;
  // Nothing to come back to: the hosts sent me out, or the call is over for everybody.
  const words = active.step === 'ended' ? endWords(active) : null;
  const final = words === 'ended.removed' || words === 'ended.roomClosed';
  const untaken = words === 'ended.unanswered' || words === 'ended.declined';
  return (
    <StagePage room={room}>
      <p role="alert" className="max-w-md text-15 text-stage-text-2">
        {words ? t(words) : failure && phrase(failure)}
      </p>
      <div className="flex flex-wrap justify-center gap-2">
        {!final && (
          <Button
            look="primary"
            onClick={() => {
              client.active.dispatch({ type: 'close' });
              joinCallIn(client, room.id, active.wish.type, { enter: active.wish.enter });
            }}
          >
            {t(untaken ? 'ended.callAgain' : 'ended.rejoin')}
          </Button>
        )}
        <Button
          look={final ? 'primary' : 'outline'}
          onClick={() => {
            client.active.dispatch({ type: 'close' });
            navigate(roomPath(room.id));
          }}
        >
          {t('call.backToRoom')}
        </Button>
      </div>
    </StagePage>
  );
}

function Running({ room, active, shown }: { room: Room; active: Extract<ActiveCall, { step: 'call' }>; shown: boolean }) {
  const value = useRoomCall(room, active);
  useHosting(room, active);
  return (
    <CallProvider session={active.session}>
      <RoomCallContext.Provider value={value}>
        <Suspense fallback={null}>
          <PipProvider>
            <ShareHost callId={active.callId} shown={shown}>
              {shown ? <CallScreen /> : <FloatingCall />}
            </ShareHost>
          </PipProvider>
        </Suspense>
      </RoomCallContext.Provider>
    </CallProvider>
  );
}

/** What lies behind the page of a call is out of reach of keys and screen readers. */
function useBehind(covered: boolean): void {
  useEffect(() => {
    const frame = document.querySelector<HTMLElement>('.app-frame');
    frame?.toggleAttribute('inert', covered);
    return () => frame?.removeAttribute('inert');
  }, [covered]);
}

/** The call that I am in, wherever in the page I am: as the page itself, or as a small window over it. */
export function CallHost({ route }: { route: Route }) {
  const client = useClient();
  useJoining();
  useLobby();
  const active = useStore(client.active, (state) => state);
  const routeRoom = route.place === 'room' && route.call ? route.room : null;
  const roomId = active.step === 'none' ? routeRoom : active.wish.roomId;
  const room = useStore(client.rooms, (state) => (roomId ? state.byId[roomId] : undefined));
  const other = useStore(client.rooms, (state) => (routeRoom ? state.byId[routeRoom] : undefined));
  const shown = routeRoom !== null && routeRoom === roomId;
  // Left: what stays is the room.
  const wasIn = useRef(false);
  useEffect(() => {
    const gone = wasIn.current && active.step === 'none';
    wasIn.current = active.step !== 'none';
    if (gone && routeRoom) navigate(roomPath(routeRoom), { replace: true });
  }, [active.step, routeRoom]);

  useBehind(shown && active.step !== 'none');

  return (
    <>
      {room && active.step === 'call' && <Running room={room} active={active} shown={shown} />}
      {room && shown && active.step === 'joining' && <Joining room={room} />}
      {room && shown && active.step === 'lobby' && (
        <StagePage room={room}>
          <Lobby room={room} active={active} />
        </StagePage>
      )}
      {room && shown && (active.step === 'ended' || active.step === 'failed') && <Over room={room} active={active} />}
      {other && routeRoom && (active.step === 'none' || !shown) && !wasJustIn(active, routeRoom) && (
        <Suspense fallback={null}>
          <RoomPreJoin key={routeRoom} room={other} />
        </Suspense>
      )}
    </>
  );
}

const wasJustIn = (active: ActiveCall, roomId: string): boolean => active.step !== 'none' && active.wish.roomId === roomId;
