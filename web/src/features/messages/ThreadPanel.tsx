import { Bell, BellOff } from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useClient } from '@/app/client';
import type { Id, Message, Room } from '@/shared/api/types';
import { toApiError } from '@/shared/api/errors';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { IconButton } from '@/shared/ui/IconButton';
import { SidePanel } from '@/shared/ui/SidePanel';
import { showError } from '@/features/notices/actions';
import { Composer } from './Composer';
import { MessageItem } from './MessageItem';
import { MessageList } from './MessageList';
import { loadNewest } from './actions';
import { RoomUiContext, useRoomUi } from './RoomUi';

/** The message that the thread hangs on: from the room when it is there, else from the server. */
function useRoot(room: Room, rootId: Id): Message | 'gone' | null {
  const client = useClient();
  const here = useStore(client.messages, (state) => state.rooms[room.id]?.items.find(({ id }) => id === rootId));
  const [fetched, setFetched] = useState<Message | 'gone' | null>(null);
  const missing = !here;
  useEffect(() => {
    if (!missing) return;
    client.api.message(room.id, rootId).then(setFetched, (error: unknown) => {
      if (!toApiError(error).offline) setFetched('gone');
    });
  }, [client, room.id, rootId, missing]);
  return here ?? fetched;
}

/** Whether answers here are told to me; known when the thread was fetched, and changed by writing in it. */
function useFollowing(room: Room, rootId: Id) {
  const client = useClient();
  const [following, setFollowing] = useState<boolean | null>(null);
  useEffect(() => {
    let here = true;
    client.api.thread(room.id, rootId, { limit: 1 }).then(
      (page) => here && setFollowing(page.following ?? null),
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [client, room.id, rootId]);
  const toggle = () => {
    const next = following !== true;
    setFollowing(next);
    client.api.followThread(room.id, rootId, next).catch((error: unknown) => {
      setFollowing(!next);
      showError(client, error);
    });
  };
  return { following, toggle, wrote: useCallback(() => setFollowing(true), []) };
}

function FollowBell({ following, toggle }: { following: boolean | null; toggle: () => void }) {
  const { t } = useI18n();
  if (following === null) return null;
  return (
    <IconButton
      label={t(following ? 'thread.unfollow' : 'thread.follow')}
      icon={following ? Bell : BellOff}
      aria-pressed={following}
      onClick={toggle}
    />
  );
}

/** The line below a message that opens its thread, or the message where there is none yet. */
function summaryOf(rootId: Id): HTMLElement | null {
  const message = [...document.querySelectorAll<HTMLElement>('[data-message]')].find(({ dataset }) => dataset.message === rootId);
  return message?.querySelector<HTMLElement>('.thread-summary') ?? message ?? null;
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
  const found = useRoot(room, rootId);
  const gone = found === 'gone';
  const root = found === 'gone' ? null : found;
  const [editing, setEditing] = useState<Message | null>(null);
  const [replyTo, setReplyTo] = useState<Message | null>(null);
  const done = useCallback(() => {
    setEditing(null);
    setReplyTo(null);
  }, []);
  const ui = useMemo(() => ({ ...outer, threadId: rootId, edit: setEditing, reply: setReplyTo }), [outer, rootId]);
  const follow = useFollowing(room, rootId);
  const [also, setAlso] = useState(false);
  // What shows here was seen; the inbox need not tell of it.
  const answers = useStore(client.inbox, (state) => state.items.some(({ kind, read, message }) => kind === 'thread' && !read && message?.threadId === rootId));
  useEffect(() => {
    if (answers) client.inbox.dispatch({ type: 'threadRead', threadId: rootId });
  }, [client, answers, rootId]);
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
        {gone && (
          <article tabIndex={-1} className="px-5 pt-4 text-14 text-text-3 italic">
            {t('message.deleted')}
          </article>
        )}
        <p className="day font-medium! text-text-3!">{replies > 0 ? t('thread.replies', { n: replies }) : t('thread.first')}</p>
      </div>
    ),
    [root, gone, replies, t],
  );
  return (
    <RoomUiContext.Provider value={ui}>
      <SidePanel label={t('thread.label')} title={t('thread.label')} sub={title} closeLabel={t('thread.close')} onClose={onClose} focusAfter={() => summaryOf(rootId)} thread={rootId} head={<FollowBell {...follow} />}>
        <MessageList where={{ roomId: room.id, threadId: rootId }} label={t('thread.list')} start={start} />
        <div className="pb-2">
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
            onSent={follow.wrote}
            alsoInRoom={also}
            readOnly={outer.readOnlyWhy}
          />
          {!outer.readOnly && (
            <label className="flex min-h-8 items-center gap-2 px-5 pt-1 text-13 text-text-2">
              <input type="checkbox" className="size-4 flex-none accent-(--accent)" checked={also} onChange={(event) => setAlso(event.target.checked)} />
              <span className="min-w-0 truncate">{t('thread.also', { room: title })}</span>
            </label>
          )}
        </div>
      </SidePanel>
    </RoomUiContext.Provider>
  );
}
