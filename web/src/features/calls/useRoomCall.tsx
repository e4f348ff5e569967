import { lazy, Suspense, useMemo } from 'react';
import { useClient } from '@/app/client';
import { callPath, navigate, roomPath } from '@/app/router';
import type { Room } from '@/shared/api/types';
import { useStore } from '@/shared/state/store';
import type { RoomCall } from '@/features/call/session/RoomCallContext';
import { showError } from '@/features/notices/actions';
import { leaveCall, toggleHand } from './actions';
import type { ActiveCall } from './activeReducer';
import { hostActs } from './hosting';
import { useHostWords } from './hostWords';
import { offerRejoin } from './rejoin';

const CallChat = lazy(async () => ({ default: (await import('./CallChat')).CallChat }));

export const moderates = ({ role }: Pick<Room, 'role'>): boolean => role === 'owner' || role === 'moderator';

const everything = { microphone: true, camera: true, screenShare: true };

/** What a call in a room has beyond a call: the room around it, hands, hosts, chat, the way back. */
export function useRoomCall(room: Room, active: Extract<ActiveCall, { step: 'call' }>): RoomCall {
  const client = useClient();
  const me = useStore(client.session, (state) => state.user?.id ?? '');
  const members = useStore(client.rooms, (state) => state.members[room.id]);
  const unread = useStore(client.rooms, (state) => state.unread[room.id]?.messages ?? 0);
  const locked = useStore(client.calls, (state) => state.live[room.id]?.locked ?? false);
  const allowed = useStore(client.calls, (state) => state.live[room.id]?.allowed ?? everything);
  const { hands, lobby, callId, session, wish } = active;
  const hosts = useMemo(() => (members ?? []).filter(moderates).map(({ userId }) => userId), [members]);
  const { spotlight, show } = useHostWords(session, hosts);
  const acts = useMemo(() => hostActs(client, callId, session), [client, callId, session]);
  const giving = useMemo(
    () => ({
      promotable: room.role === 'owner' ? (members ?? []).filter(({ role }) => role === 'member').map(({ userId }) => userId) : [],
      makeHost: (userId: string) => {
        client.api.changeMember(room.id, userId, 'moderator').then(
          (member) => client.rooms.dispatch({ type: 'member', roomId: room.id, member }),
          (error: unknown) => showError(client, error),
        );
      },
    }),
    [client, room.id, room.role, members],
  );
  const mayHost = moderates(room);
  const chat = useMemo(
    () => (
      <Suspense fallback={null}>
        <CallChat room={room} />
      </Suspense>
    ),
    [room],
  );
  return useMemo(() => {
    const raised = hands.some(({ userId }) => userId === me);
    return {
      flag: { id: room.id, spec: room.flag },
      encrypted: client.e2ee.encrypted(room.id),
      hands: hands.map(({ userId }) => userId),
      hosts,
      raised,
      host: mayHost ? { ...acts, ...giving, spotlight: show, lobby, locked, allowed } : undefined,
      spotlight,
      chat,
      unread,
      toggleHand: () => toggleHand(client, callId, raised),
      react: (emoji) => {
        client.link.ask('call-reaction', { callId, emoji }).catch((error: unknown) => showError(client, error));
      },
      onReaction: (listener) =>
        client.link.on('call-reaction', (reaction) => {
          if (reaction.callId === callId) listener(reaction);
        }),
      back: () => navigate(roomPath(room.id)),
      open: () => navigate(callPath(room.id)),
      leave: () => {
        leaveCall(client);
        offerRejoin(client, wish);
        navigate(roomPath(room.id));
      },
    };
  }, [client, room, hands, callId, me, hosts, mayHost, acts, giving, spotlight, show, lobby, locked, allowed, chat, unread, wish]);
}
