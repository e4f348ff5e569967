import type { Client } from '@/app/client';
import type { ClientEvents } from '@/shared/api/events';
import type { Id } from '@/shared/api/types';
import type { HostActs } from '@/features/call/session/RoomCallContext';
import { showError } from '@/features/notices/actions';

type Ask = <Name extends keyof ClientEvents>(name: Name, data: ClientEvents[Name]['data']) => void;

/** The host's hand, as questions to the server: it decides who may. */
export function hostActs(client: Client, callId: Id): Omit<HostActs, 'lobby' | 'locked'> {
  const ask: Ask = (name, data) => {
    client.link.ask(name, data).catch((error: unknown) => showError(client, error));
  };
  return {
    lock: (locked) => ask('lock-call', { callId, locked }),
    admit: (userIds) => userIds.forEach((userId) => ask('admit-participant', { callId, userId })),
    turnAway: (userId) => ask('deny-participant', { callId, userId }),
    mute: (userIds) => userIds.forEach((userId) => ask('mute-participant', { callId, userId })),
    stopVideo: (userId, trackSid) => ask('mute-participant', { callId, userId, trackSid }),
    lowerHand: (userId) => ask('lower-hand', { callId, userId }),
    lowerAll: () => ask('lower-hand', { callId, everyone: true }),
    remove: (userId) => ask('remove-participant', { callId, userId }),
    endForAll: () => ask('end-call', { callId, forAll: true }),
  };
}
