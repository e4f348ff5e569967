import type { Client } from '@/app/client';
import type { ClientEvents } from '@/shared/api/events';
import type { Id } from '@/shared/api/types';
import type { Word } from '@/features/call/session/words';
import type { CallSession } from '@/features/call/session/types';
import { userOf, type HostActs } from '@/features/call/session/RoomCallContext';
import { showError } from '@/features/notices/actions';

type Ask = <Name extends keyof ClientEvents>(name: Name, data: ClientEvents[Name]['data']) => void;

/** The host's hand, as questions to the server: it decides who may. */
export function hostActs(client: Client, callId: Id, session: CallSession): Omit<HostActs, 'lobby' | 'locked' | 'allowed' | 'spotlight' | 'promotable' | 'makeHost'> {
  const ask: Ask = (name, data) => {
    client.link.ask(name, data).catch((error: unknown) => showError(client, error));
  };
  const tellTo = (userId: Id, word: Word) => {
    const to = session.store.getState().people.filter(({ identity }) => userOf(identity) === userId);
    if (to.length > 0) session.words.tell(word, to.map(({ identity }) => identity));
  };
  /** The server carries it out without a name: who is silenced hears from me that it was me. */
  const own = (userId: Id, kind: 'microphone' | 'camera') => tellTo(userId, { type: 'muted', kind });
  return {
    lock: (locked) => ask('lock-call', { callId, locked }),
    allow: (change) => {
      client.api.allowInCall(callId, change).catch((error: unknown) => showError(client, error));
    },
    admit: (userIds) => userIds.forEach((userId) => ask('admit-participant', { callId, userId })),
    turnAway: (userId) => ask('deny-participant', { callId, userId }),
    mute: (userIds) =>
      userIds.forEach((userId) => {
        own(userId, 'microphone');
        ask('mute-participant', { callId, userId });
      }),
    askUnmute: (userId) => tellTo(userId, { type: 'ask-unmute' }),
    stopVideo: (userId, trackSid) => {
      own(userId, 'camera');
      ask('mute-participant', { callId, userId, trackSid });
    },
    lowerHand: (userId) => ask('lower-hand', { callId, userId }),
    lowerAll: () => ask('lower-hand', { callId, everyone: true }),
    remove: (userId) => ask('remove-participant', { callId, userId }),
    endForAll: () => ask('end-call', { callId, forAll: true }),
  };
}
