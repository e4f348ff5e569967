import { useCallback, useMemo, useState } from 'react';
import { useClient } from '@/app/client';
import { navigate, threadPath } from '@/app/router';
import type { Message, Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Composer } from '@/features/messages/Composer';
import { NamedContext } from '@/features/messages/Markdown';
import { deleteMessage } from '@/features/messages/deleting';
import { namesOf } from '@/features/messages/mentions';
import { MessageList } from '@/features/messages/MessageList';
import { RoomUiContext, type RoomUi } from '@/features/messages/RoomUi';
import { roomTitle } from '@/features/rooms/actions';
import { usePersonCard } from '@/features/rooms/usePersonCard';
import { useReading } from '@/features/rooms/useReading';

/** The room's own messages beside its call: who comes later reads them in the room. */
export function CallChat({ room }: { room: Room }) {
  const { t } = useI18n();
  const client = useClient();
  const [editing, setEditing] = useState<Message | null>(null);
  const [replyTo, setReplyTo] = useState<Message | null>(null);
  const [atEnd, setAtEnd] = useState(true);
  const { unreadFrom } = useReading(room, atEnd);
  const [about, card] = usePersonCard(room);
  const members = useStore(client.rooms, (state) => state.members[room.id]);
  const user = useStore(client.session, (state) => state.user);
  const named = useMemo(() => namesOf(members, user?.id ?? '', user?.handle), [members, user]);
  const done = useCallback(() => {
    setEditing(null);
    setReplyTo(null);
  }, []);
  const ui = useMemo<RoomUi>(
    () => ({
      roomId: room.id,
      moderates: room.role === 'owner' || room.role === 'moderator',
      readOnly: room.archived || room.role === null,
      edit: setEditing,
      reply: setReplyTo,
      remove: (message) => deleteMessage(client, message),
      openThread: (message) => navigate(threadPath(room.id, message.id)),
      unreadFrom,
      about,
    }),
    [client, room.id, room.role, room.archived, unreadFrom, about],
  );
  return (
    <NamedContext.Provider value={named}>
      <RoomUiContext.Provider value={ui}>
        <MessageList where={{ roomId: room.id }} label={t('message.list')} onAtEnd={setAtEnd} />
        <Composer
          compact
          roomId={room.id}
          label={t('stage.chatLabel')}
          placeholder={t('stage.chatLabel')}
          editing={editing}
          replyTo={replyTo}
          onDone={done}
          onEdit={setEditing}
          readOnly={room.archived ? t('room.archived') : undefined}
        />
        <p className="truncate px-4 pb-2 text-12 text-text-3">{t('stage.chatHint', { room: roomTitle(client, room) })}</p>
        {card}
      </RoomUiContext.Provider>
    </NamedContext.Provider>
  );
}
