import type { Client } from '@/app/client';
import { toApiError } from '@/shared/api/errors';
import type { Id } from '@/shared/api/types';
import type { CallWish } from '../activeReducer';

/** The call lets in only whom a host admits. */
export class LockedCall extends Error {
  constructor(readonly callId: Id) {
    super('locked');
    this.name = 'LockedCall';
  }
}

/** The call that refused me, when it is one that can be knocked at. */
export async function lockedCallOf(client: Client, { roomId, callId }: CallWish, error: unknown): Promise<Id | null> {
  if (toApiError(error).code !== 'permission-denied') return null;
  if (callId) return callId;
  const { call } = await client.api.liveCall(roomId).catch(() => ({ call: null }));
  return call?.id ?? null;
}

/** Asks to be let in. False where not even that is allowed. */
export async function knock(client: Client, callId: Id): Promise<boolean> {
  try {
    await client.link.ask('knock-call', { callId });
    client.active.dispatch({ type: 'knocked', callId });
    return true;
  } catch {
    return false;
  }
}

export function stopKnocking(client: Client): void {
  const active = client.active.getState();
  if (active.step === 'lobby' && !active.denied) client.link.tell('stop-knocking', { callId: active.callId });
  client.active.dispatch({ type: 'close' });
}
