import { useEffect, useRef } from 'react';
import { useClient } from '@/app/client';
import type { Room } from '@/shared/api/types';
import { isQuiet, noticeSettings } from '@/features/notices/settings';
import { playTick } from '@/features/notices/sounds';
import type { ActiveCall } from '../activeReducer';
import { moderates } from '../useRoomCall';

/** For hosts: who waits before the call, with a chime and a line when somebody new does. */
export function useHosting(room: Room, active: Extract<ActiveCall, { step: 'call' }>): void {
  const client = useClient();
  const { callId, session, lobby } = active;
  const hosts = moderates(room);
  useEffect(() => {
    if (!hosts) return;
    const take = (id: string, waiting: typeof lobby) => client.active.dispatch({ type: 'lobby', callId: id, lobby: waiting });
    client.link.ask('call-lobby', { callId }).then(
      ({ items }) => take(callId, items),
      () => undefined,
    );
    return client.link.on('lobby-updated', (data) => take(data.callId, data.waiting));
  }, [client, callId, hosts]);

  const known = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const fresh = lobby.filter(({ userId }) => !known.current.has(userId));
    known.current = new Set(lobby.map(({ userId }) => userId));
    const name = fresh.at(-1)?.name;
    if (name === undefined) {
      if (lobby.length === 0) session.store.dispatch({ type: 'dismiss', id: 'lobby' });
      return;
    }
    const settings = noticeSettings();
    const speaking = session.store.getState().people.some((person) => person.me && person.speaking);
    if (settings.sound && !isQuiet(settings) && !speaking) playTick();
    session.store.dispatch({
      type: 'notice',
      notice: { id: 'lobby', tone: 'warn', text: { key: 'lobby.came', parameters: { name } }, brief: true, action: 'showPeople' },
    });
  }, [session, lobby]);
}
