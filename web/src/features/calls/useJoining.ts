import { useEffect } from 'react';
import { useClient } from '@/app/client';
import { usePreferences, type Preferences } from '@/features/call/devices/preferences';
import { serverUrl } from '@/features/call/session/token';
import { userOf } from '@/features/call/session/RoomCallContext';
import { JoinError, type Failure } from '@/features/call/session/types';
import { mediaKeys } from '@/features/e2ee/mediaKeys';
import { roomTitle } from '@/features/rooms/actions';
import { useStore } from '@/shared/state/store';
import { enterCall } from './actions';
import { followSession } from './followSession';
import { knock, LockedCall } from './lobby/knocking';
import type { CallWish } from './activeReducer';

export const loadCall = () => import('@/features/call/call');

function wanted(preferences: Preferences, { enter, type }: CallWish): Preferences {
  if (enter === 'quiet') return { ...preferences, microphone: false, camera: false };
  // A call of sound starts without pictures; a camera can be switched on in it.
  if (enter === 'sound' || type === 'audio') return { ...preferences, camera: false };
  return preferences;
}

function failureOf(error: unknown, detail: string): Failure {
  if (error instanceof JoinError) return error.failure;
  return error instanceof LockedCall ? { kind: 'locked' } : { kind: 'unknown', detail };
}

/** Carries out the wish to be in a call, and follows the call until it ends. */
export function useJoining(): void {
  const client = useClient();
  const { preferences, change } = usePreferences();
  const active = useStore(client.active, (state) => state);

  useEffect(() => {
    if (active.step !== 'joining') return;
    const { wish } = active;
    const controller = new AbortController();
    const { signal } = controller;
    const join = async () => {
      try {
        // Without the key of an encrypted room there is no call in it; and nobody is rung for nothing.
        const keys = await mediaKeys(client, wish.roomId);
        // The code of calls comes while the server is asked.
        const [{ call, media }, { joinCall }] = await Promise.all([
          enterCall(client, wish),
          loadCall().catch(() => {
            throw new JoinError({ kind: 'page' });
          }),
        ]);
        if (signal.aborted) return;
        client.calls.dispatch({ type: 'call', call, me: client.session.getState().user?.id ?? '' });
        const room = client.rooms.getState().byId[wish.roomId];
        const title = room ? roomTitle(client, room) : '';
        const access = { token: media.token, url: media.url || serverUrl() };
        const session = await joinCall(access, title, { preferences: wanted(preferences, wish), change }, signal, keys);
        client.active.dispatch({ type: 'joined', callId: call.id, session });
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof LockedCall && (await knock(client, error.callId))) return;
        const detail = error instanceof Error ? error.message : String(error);
        client.active.dispatch({ type: 'failed', failure: failureOf(error, detail) });
      }
    };
    void join();
    return () => controller.abort();
    // Devices that change while joining are taken from then on, they do not join anew.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client, active.step === 'joining' ? active.wish : null]);

  const session = active.step === 'call' ? active.session : null;
  const callId = active.step === 'call' ? active.callId : null;
  useEffect(() => {
    if (!session || !callId) return;
    const stops = [
      followSession(client, callId, session, (cause) => client.active.dispatch({ type: 'ended', cause })),
      client.link.on('hands-updated', ({ callId: id, hands }) => {
        const before = client.active.getState();
        client.active.dispatch({ type: 'hands', callId: id, hands });
        const known = before.step === 'call' ? before.hands : [];
        const raised = hands.find(({ userId }) => !known.some((hand) => hand.userId === userId))?.userId;
        const person = session.store.getState().people.find(({ me, identity }) => !me && userOf(identity) === raised);
        if (person) session.store.dispatch({ type: 'status', status: { key: 'status.hand', parameters: { name: person.name } } });
      }),
    ];
    client.link.ask('in-call-state', { callId }).then(
      ({ hands }) => client.active.dispatch({ type: 'hands', callId, hands }),
      () => undefined,
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [client, session, callId]);
}
