import type { Client } from '@/app/client';
import { useClient } from '@/app/client';
import { callPath, navigate } from '@/app/router';
import { toApiError } from '@/shared/api/errors';
import type { CallJoined } from '@/shared/api/endpoints';
import type { Call, CallType, Id } from '@/shared/api/types';
import { useStore } from '@/shared/state/store';
import { JoinError, type Failure } from '@/features/call/session/types';
import { showError } from '@/features/notices/actions';
import type { CallWish } from './activeReducer';
import { lockedCallOf, LockedCall } from './lobby/knocking';

/** The call that goes on in a room, if one does. */
export function useLiveCall(roomId: Id): Call | undefined {
  const { calls } = useClient();
  return useStore(calls, (state) => {
    const call = state.live[roomId];
    return call?.status === 'active' ? call : undefined;
  });
}

/** Goes into the call of a room; starts it where none goes on. */
export function joinCallIn(client: Client, roomId: Id, type: CallType, wish: Partial<CallWish> = {}): void {
  const held = client.held.getState();
  if (held?.wish.roomId === roomId && !wish.callId) { returnToHeld(client); return; }
  const active = client.active.getState();
  const there = (active.step === 'call' || active.step === 'joining') && active.wish.roomId === roomId;
  if (!there) {
    leaveCall(client);
    client.active.dispatch({ type: 'join', wish: { roomId, type, enter: type === 'audio' ? 'sound' : 'chosen', ...wish } });
  }
  navigate(callPath(roomId));
}

export function leaveCall(client: Client): void {
  const active = client.active.getState();
  if (active.step === 'call') {
    active.session.leave();
    client.link.tell('leave-call', { callId: active.callId });
  }
  if (active.step === 'lobby') client.link.tell('stop-knocking', { callId: active.callId });
  client.active.dispatch({ type: 'close' });
}

/** Puts the call that I am in aside. */
function holdCall(client: Client): void {
  const active = client.active.getState();
  if (active.step !== 'call') return;
  const { wish, callId, session } = active;
  session.hold(true);
  client.held.dispatch({ type: 'hold', call: { wish, callId, session } });
  client.active.dispatch({ type: 'close' });
}

/** Back into the call on hold; the one that I am in takes its place there. */
export function returnToHeld(client: Client, asBefore = true): void {
  const held = client.held.getState();
  if (!held) return;
  client.held.dispatch({ type: 'drop', callId: held.callId });
  const { step } = client.active.getState();
  if (step === 'call') holdCall(client);
  else if (step !== 'none') leaveCall(client);
  held.session.hold(false, asBefore);
  client.active.dispatch({ type: 'resumed', ...held });
  navigate(callPath(held.wish.roomId));
}

export function leaveHeld(client: Client): void {
  const held = client.held.getState();
  if (!held) return;
  client.held.dispatch({ type: 'drop', callId: held.callId });
  held.session.leave();
  client.link.tell('leave-call', { callId: held.callId });
}

/** The call on the server's side: the one that rang is answered, otherwise the room's is joined or started. */
export async function enterCall(client: Client, wish: CallWish): Promise<CallJoined> {
  try {
    if (wish.callId) return await client.link.ask('accept-call', { callId: wish.callId });
    return await client.api.startCall(wish.roomId, wish.type, wish.ring);
  } catch (error) {
    const locked = await lockedCallOf(client, wish, error);
    throw locked ? new LockedCall(locked) : new JoinError(failureOfApi(error));
  }
}

function failureOfApi(error: unknown): Failure {
  const { offline, message } = toApiError(error);
  return offline ? { kind: 'away' } : { kind: 'server', detail: message };
}

/** Answers a call that rings. One that I am in is put on hold, unless one is already, or `leave` says otherwise. */
export function answerCall(client: Client, call: Call, enter: CallWish['enter'], leave = false): void {
  client.calls.dispatch({ type: 'dismiss', callId: call.id });
  if (!leave && !client.held.getState()) holdCall(client);
  joinCallIn(client, call.roomId, call.type, { callId: call.id, enter });
}

export function declineCall(client: Client, call: Call): void {
  client.calls.dispatch({ type: 'dismiss', callId: call.id });
  client.link.ask('decline-call', { callId: call.id }).catch((error: unknown) => showError(client, error));
}

export function toggleHand(client: Client, callId: Id, raised: boolean): void {
  client.link.ask(raised ? 'lower-hand' : 'raise-hand', { callId }).catch((error: unknown) => showError(client, error));
}

/** The newest calls, or with `more` those before the ones that are there. */
/** False: it did not come. */
export async function loadHistory(client: Client, more: boolean): Promise<boolean> {
  const { nextCursor } = client.calls.getState();
  try {
    const page = await client.api.calls(more ? nextCursor : null);
    client.calls.dispatch({ type: 'history', items: page.items, nextCursor: page.nextCursor ?? null, more });
    if (!more) client.calls.dispatch({ type: 'live', calls: page.items });
    return true;
  } catch (error) {
    if (more) showError(client, error);
    return false;
  }
}
