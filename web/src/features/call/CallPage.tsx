import { lazy, Suspense, useEffect, useReducer, useRef, useState } from 'react';
import { navigate, roomPath } from '@/app/router';
import { useI18n } from '@/shared/i18n';
import { usePreferences } from './devices/preferences';
import { Ended } from './Ended';
import { failurePhrase } from './failurePhrase';
import { firstPage, pageReducer } from './pageReducer';
import type { JoinWish } from './prejoin/JoinForm';
import { PreJoin } from './prejoin/PreJoin';
import { CallProvider } from './session/CallContext';
import { identityFor, renewIdentity } from './session/identity';
import { fetchAccess, readClaims, serverUrl, tokenFromFragment, type Access } from './session/token';
import { JoinError, type CallSession } from './session/types';

const loadCall = () => import('./call');
const CallScreen = lazy(async () => ({ default: (await loadCall()).CallScreen }));
const PipProvider = lazy(async () => ({ default: (await loadCall()).PipProvider }));

/** A token from the link counts for the room it was made for; typing another room leaves it aside. */
function linkTokenFor(room: string): string | null {
  const token = tokenFromFragment(window.location.hash);
  if (!token) return null;
  const claimed = readClaims(token)?.room;
  return claimed === undefined || claimed === room ? token : null;
}

async function findAccess({ name, room, token }: JoinWish, signal: AbortSignal): Promise<Access | null> {
  const given = token || linkTokenFor(room);
  if (given) return { token: given, url: serverUrl() };
  return fetchAccess({ room, name, identity: identityFor(name) }, signal);
}

interface Props {
  room: string;
  /** Where one goes for another room, and what a room's address is. */
  home?: string;
  pathOf?: (room: string) => string;
}

/** A call without an account: whoever has the name of the room, and a token, is in. */
export function CallPage({ room: routeRoom, home = '/', pathOf = roomPath }: Props) {
  const { t, phrase } = useI18n();
  const { preferences, change } = usePreferences();
  const [state, dispatch] = useReducer(pageReducer, firstPage);
  const [linkClaims] = useState(() => {
    const token = tokenFromFragment(window.location.hash);
    return token ? (readClaims(token) ?? {}) : null;
  });
  const [room, setRoom] = useState(routeRoom || (linkClaims?.room ?? ''));
  // Back and forward between rooms fill in the room that the address names.
  const [seenRoute, setSeenRoute] = useState(routeRoom);
  if (routeRoom !== seenRoute) {
    setSeenRoute(routeRoom);
    if (routeRoom) setRoom(routeRoom);
  }
  const attempt = useRef<AbortController | null>(null);
  const running = useRef<CallSession | null>(null);
  const session = state.step === 'call' ? state.session : null;

  // Somebody who comes by a link with a token has the name that stands in it.
  const claimedName = linkClaims?.name;
  useEffect(() => {
    if (claimedName) change({ name: claimedName });
  }, [claimedName, change]);

  useEffect(() => {
    document.title = room.trim() ? t('app.title', { place: room.trim() }) : 'Parley';
  }, [room, t]);

  useEffect(() => {
    if (!session) return;
    const check = () => {
      const { phase, cause } = session.store.getState();
      if (phase === 'ended') dispatch({ type: 'ended', cause: cause ?? 'unknown' });
    };
    check();
    return session.store.subscribe(check);
  }, [session]);

  // Leaving the page, or taking it apart, leaves the call.
  useEffect(() => {
    const leave = () => running.current?.leave();
    window.addEventListener('pagehide', leave);
    return () => window.removeEventListener('pagehide', leave);
  }, []);

  async function join(wish: JoinWish) {
    attempt.current?.abort();
    const controller = new AbortController();
    attempt.current = controller;
    const { signal } = controller;
    dispatch({ type: 'join', wish });
    try {
      const [access, { joinCall }] = await Promise.all([
        findAccess(wish, signal),
        loadCall().catch(() => {
          throw new JoinError({ kind: 'page' });
        }),
      ]);
      if (signal.aborted) throw new JoinError({ kind: 'cancelled' });
      if (!access) {
        dispatch({ type: 'needsToken' });
        return;
      }
      const wanted = wish.quiet ? { ...preferences, microphone: false, camera: false } : preferences;
      const joined = await joinCall(access, wish.room, { preferences: wanted, change }, signal);
      running.current = joined;
      navigate(pathOf(wish.room), { replace: true });
      dispatch({ type: 'joined', session: joined });
    } catch (error) {
      if (attempt.current !== controller) return;
      const detail = error instanceof Error ? error.message : String(error);
      dispatch({ type: 'failed', failure: error instanceof JoinError ? error.failure : { kind: 'unknown', detail } });
    }
  }

  if (state.step === 'call') {
    return (
      <CallProvider session={state.session}>
        <Suspense fallback={null}>
          <PipProvider>
            <CallScreen />
          </PipProvider>
        </Suspense>
      </CallProvider>
    );
  }
  if (state.step === 'ended') {
    return (
      <Ended
        room={state.wish.room}
        cause={state.cause}
        onRejoin={() => {
          if (state.cause === 'duplicate') renewIdentity();
          void join(state.wish);
        }}
        onAnother={() => {
          setRoom('');
          navigate(home);
          dispatch({ type: 'form' });
        }}
      />
    );
  }
  const failure = state.step === 'form' && state.failure ? failurePhrase(state.failure) : null;
  return (
    <PreJoin
      room={room}
      onRoom={setRoom}
      needsToken={state.needsToken}
      linkToken={linkClaims !== null}
      joining={state.step === 'joining'}
      failure={failure && phrase(failure)}
      onJoin={(wish) => void join(wish)}
      onCancel={() => attempt.current?.abort()}
      onNear={() => void loadCall().catch(() => undefined)}
    />
  );
}
