import { useCallback, useEffect, useMemo, useState } from 'react';
import { useClient } from '@/app/client';
import type { Id, Message, Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { SidePanel } from '@/shared/ui/SidePanel';
import { Composer } from './Composer';
import { MessageItem } from './MessageItem';
import { MessageList } from './MessageList';
import { loadNewest } from './actions';
import { RoomUiContext, useRoomUi } from './RoomUi';

/** The message that the thread hangs on: from the room when it is there, else from the server. */
function useRoot(room: Room, rootId: Id): Message | null {
  const client = useClient();
  const here = useStore(client.messages, (state) => state.rooms[room.id]?.items.find(({ id }) => id === rootId));
  const [fetched, setFetched] = useState<Message | null>(null);
  const missing = !here;
  useEffect(() => {
    if (!missing) return;
    client.api.message(room.id, rootId).then(setFetched, () => undefined);
  }, [client, room.id, rootId, missing]);
  return here ?? fetched;
}

interface Props {
  room: Room;
  title: string;
  rootId: Id;
  onClose: () => void;
}

/** A message and what was answered to it. */
export function ThreadPanel({ room, title, rootId, onClose }: Props) {
  const { t } = useI18n();
  const client = useClient();
  const outer = useRoomUi();
  const root = useRoot(room, rootId);
  const [editing, setEditing] = useState<Message | null>(null);
  const [replyTo, setReplyTo] = useState<Message | null>(null);
  const done = useCallback(() => {
    setEditing(null);
    setReplyTo(null);
  }, []);
  const ui = useMemo(() => ({ ...outer, threadId: rootId, edit: setEditing, reply: setReplyTo }), [outer, rootId]);
  const replies = useStore(
    client.messages,
    (state) => state.threads[rootId]?.items.filter(({ id }) => id !== rootId).length ?? 0,
  );
  const loaded = useStore(client.messages, (state) => state.threads[rootId] !== undefined);
  // Fetched when it opens, and afresh after the line was down.
  useEffect(() => {
    if (!loaded) void loadNewest(client, { roomId: room.id, threadId: rootId });
  }, [client, room.id, rootId, loaded]);
  const start = useMemo(
    () => (
      <div>
        {root && <MessageItem message={root} lead />}
        <p className="day font-medium! text-text-3!">{replies > 0 ? t('thread.replies', { n: replies }) : t('thread.first')}</p>
      </div>
    ),
    [root, replies, t],
  );
  return (
    <RoomUiContext.Provider value={ui}>
      <SidePanel label={t('thread.label')} title={t('thread.label')} sub={title} closeLabel={t('thread.close')} onClose={onClose}>
        <MessageList where={{ roomId: room.id, threadId: rootId }} label={t('thread.list')} start={start} />
        <div className="pb-3">
          <Composer
            compact
            roomId={room.id}
            threadId={rootId}
            label={t('thread.reply')}
            placeholder={t('thread.reply')}
            editing={editing}
            replyTo={replyTo}
            onDone={done}
            onEdit={setEditing}
            readOnly={outer.readOnly ? t('room.archived') : undefined}
          />
        </div>
      </SidePanel>
    </RoomUiContext.Provider>
  );
}
