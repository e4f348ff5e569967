import { useCallback, useEffect, useRef, useState } from 'react';
import { myId, useClient } from '@/app/client';
import type { Message, Room } from '@/shared/api/types';
import { useStore } from '@/shared/state/store';
import { markRead } from '@/features/messages/actions';
import { keepUnread } from '@/features/messages/keptUnread';
import { mentionsMe } from '@/features/messages/mentions';
import { inThread, timelineOf } from '@/features/messages/messagesReducer';
import { setInView } from './inView';

/** So long must the end be on screen. */
const READ_MS = 1000;

function useFocused(): boolean {
  const [focused, setFocused] = useState(() => document.hasFocus());
  useEffect(() => {
    const update = () => setFocused(document.hasFocus());
    for (const event of ['focus', 'blur', 'visibilitychange']) window.addEventListener(event, update);
    return () => {
      for (const event of ['focus', 'blur', 'visibilitychange']) window.removeEventListener(event, update);
    };
  }, []);
  return focused;
}

/**
 * A room is read when the window has the focus, the room shows and its end was on screen for a second. The pennant
 * hangs where reading began, until one leaves the room; "unread from here" moves it, and the room then stays unread
 * until one has left it and comes back.
 */
export function useReading(room: Room, atEnd: boolean) {
  const client = useClient();
  const focused = useFocused();
  const unread = useStore(client.rooms, (state) => state.unread[room.id]);
  const lastSeq = useStore(client.messages, (state) => timelineOf(state, { roomId: room.id }).lastSeq);
  const [newAfter, setNewAfter] = useState<number | null>(() =>
    unread && unread.messages > 0 && unread.lastReadSeq !== undefined ? unread.lastReadSeq : null,
  );
  const [kept, setKept] = useState(false);
  const reading = focused && atEnd && !kept;

  useEffect(() => {
    setInView(client, reading ? room.id : null);
    return () => setInView(client, null);
  }, [client, reading, room.id]);

  const waiting = (unread?.messages ?? 0) > 0;
  useEffect(() => {
    if (!reading || lastSeq === 0) return;
    const timer = setTimeout(() => markRead(client, room.id, lastSeq), waiting ? READ_MS : 200);
    return () => clearTimeout(timer);
  }, [client, reading, room.id, lastSeq, waiting]);

  // What comes while one is away from the end hangs the pennant too.
  const before = useRef(unread?.lastReadSeq);
  useEffect(() => {
    if (!waiting) before.current = unread?.lastReadSeq;
    else if (newAfter === null && before.current !== undefined && !reading) setNewAfter(before.current);
  }, [waiting, unread, newAfter, reading]);

  const unreadFrom = useCallback(
    (message: Message) => {
      setKept(true);
      setNewAfter(message.seq - 1);
      const me = myId(client);
      const { items } = timelineOf(client.messages.getState(), { roomId: room.id });
      const rest = items.filter((item) => item.seq >= message.seq && item.senderId !== me && !inThread(item));
      const counts = {
        seq: message.seq,
        // A message of my own is nothing new; the mark still is.
        messages: Math.max(1, rest.length),
        mentions: rest.filter((item) => mentionsMe(item, me)).length,
      };
      client.rooms.dispatch({ type: 'unreadFrom', roomId: room.id, ...counts });
      keepUnread(room.id, counts);
    },
    [client, room.id],
  );
  return { newAfter, byHand: kept, unreadFrom };
}
