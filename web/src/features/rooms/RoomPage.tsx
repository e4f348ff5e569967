import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState, type DragEvent } from 'react';
import { useClient } from '@/app/client';
import { navigate, panelPath, roomPath, threadPath, type Route } from '@/app/router';
import type { Id, Message, Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Button } from '@/shared/ui/Button';
import { LiveBar } from '@/features/calls/LiveBar';
import { EncryptionBar } from '@/features/e2ee/EncryptionBar';
import { useLock } from '@/features/e2ee/useRoomKeys';
import { shareFiles, startUploads } from '@/features/files/actions';
import { loadAround } from '@/features/messages/actions';
import { deleteMessage } from '@/features/messages/deleting';
import { Composer } from '@/features/messages/Composer';
import { NamedContext } from '@/features/messages/Markdown';
import { MessageList } from '@/features/messages/MessageList';
import { namesOf } from '@/features/messages/mentions';
import { PinsPanel } from '@/features/messages/PinsPanel';
import { RoomUiContext, type Known, type RoomUi } from '@/features/messages/RoomUi';
import { ThreadPanel } from '@/features/messages/ThreadPanel';
import { TypingLine } from '@/features/messages/TypingLine';
import { showToast } from '@/features/notices/actions';
import { shownRooms } from '@/features/session/wire';
import { closeRoom, openRoom, roomTitle, type OpenResult } from './actions';
import { rememberRoom } from './lastRoom';
import { RoomHeader } from './RoomHeader';
import { RoomStart } from './RoomStart';
import { usePersonCard } from './usePersonCard';
import { useReading } from './useReading';
import { UserList } from './UserList';

// Files and search come when they are asked for.
const SearchPanel = lazy(async () => ({ default: (await import('@/features/search/SearchPanel')).SearchPanel }));
const FilePanel = lazy(async () => ({ default: (await import('@/features/files/FilePanel')).FilePanel }));
const RoomFilesView = lazy(async () => ({ default: (await import('@/features/files/RoomFilesView')).RoomFilesView }));

type RoomRoute = Extract<Route, { place: 'room' }>;

/** Tells the server that the room is on screen, for as long as it is. */
function useOpenRoom(roomId: Id): OpenResult | 'opening' {
  const client = useClient();
  const [state, setState] = useState<OpenResult | 'opening'>('opening');
  useEffect(() => {
    let here = true;
    shownRooms(client).add(roomId);
    rememberRoom(roomId);
    const open = () =>
      void openRoom(client, roomId).then((result) => {
        if (here) setState(result);
      });
    if (client.link.state() === 'online') open();
    const stop = client.link.onState((link) => {
      if (link === 'online') open();
    });
    return () => {
      here = false;
      stop();
      shownRooms(client).delete(roomId);
      closeRoom(client, roomId);
    };
  }, [client, roomId]);
  return state;
}

/** Files dropped anywhere on the room are shared in it: with the next message, or at once where its files are listed. */
function useDrop(roomId: Id, threadId: Id | undefined, listed: boolean, off: boolean) {
  const client = useClient();
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  const hasFiles = (event: DragEvent) => !off && event.dataTransfer.types.includes('Files');
  return {
    over,
    props: {
      onDragEnter: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        depth.current += 1;
        setOver(true);
      },
      onDragLeave: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        depth.current = Math.max(0, depth.current - 1);
        if (depth.current === 0) setOver(false);
      },
      onDragOver: (event: DragEvent) => {
        if (hasFiles(event)) event.preventDefault();
      },
      onDrop: (event: DragEvent) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        const files = [...event.dataTransfer.files];
        if (listed) shareFiles(client, roomId, files);
        // On the thread beside the room: with the next answer there.
        else if (threadId && event.target instanceof Element && event.target.closest('[data-thread]')) startUploads(client, { roomId, threadId }, files);
        else startUploads(client, { roomId }, files);
      },
    },
  };
}

function Missing({ state }: { state: OpenResult }) {
  const { t } = useI18n();
  return (
    <main className="sheet flex-1 items-center justify-center gap-4 p-6 text-center">
      <h1 className="text-20 font-semibold">{t(state === 'denied' ? 'room.denied' : 'room.gone')}</h1>
      <p className="max-w-sm text-14 text-text-2">{t(state === 'denied' ? 'room.deniedWhy' : 'room.goneWhy')}</p>
      <Button onClick={() => navigate('/rooms')}>{t('room.back')}</Button>
    </main>
  );
}

type OnMessage = (message: Message) => void;

interface UiParts {
  readonly thread: Id | undefined;
  readonly readOnly: string | undefined;
  readonly onEdit: OnMessage;
  readonly onReply: OnMessage;
  readonly onUnread: OnMessage;
  readonly about: (person: Known) => void;
}

function useRoomUi({ id, role }: Room, { thread, readOnly, onEdit, onReply, onUnread, about }: UiParts): RoomUi {
  const client = useClient();
  return useMemo(
    () => ({
      roomId: id,
      moderates: role === 'owner' || role === 'moderator',
      readOnly: readOnly !== undefined,
      readOnlyWhy: readOnly,
      shownThread: thread,
      edit: onEdit,
      reply: onReply,
      remove: (message) => deleteMessage(client, message),
      openThread: (message) => navigate(threadPath(id, message.id)),
      unreadFrom: onUnread,
      about,
    }),
    [client, id, role, readOnly, thread, onEdit, onReply, onUnread, about],
  );
}

function ChatWindow({ room, route }: { room: Room; route: RoomRoute }) {
  const { t } = useI18n();
  const client = useClient();
  const title = useStore(client.rooms, () => roomTitle(client, room));
  const [editing, setEditing] = useState<Message | null>(null);
  const [replyTo, setReplyTo] = useState<Message | null>(null);
  const [about, card] = usePersonCard(room);
  const [atEnd, setAtEnd] = useState(true);
  const listed = route.panel === 'files';
  const { newAfter, byHand, unreadFrom } = useReading(room, atEnd && !route.call && !listed);
  const done = useCallback(() => {
    setEditing(null);
    setReplyTo(null);
  }, []);
  const locked = useLock(room.id) === 'locked';
  const readOnly = room.archived ? t('room.archived') : room.role === null ? t('room.notMember') : locked ? t('e2ee.noKeyShort') : undefined;
  const ui = useRoomUi(room, { thread: route.thread, readOnly, onEdit: setEditing, onReply: setReplyTo, onUnread: unreadFrom, about });
  const members = useStore(client.rooms, (state) => state.members[room.id]);
  const user = useStore(client.session, (state) => state.user);
  const named = useMemo(() => namesOf(members, user?.id ?? '', user?.handle), [members, user]);

  useEffect(() => {
    if (!route.message) return;
    void loadAround(client, room.id, route.message).then((found) => {
      if (found === 'gone') showToast(client, { id: 'gone', text: { key: 'message.goneLink' } });
      // An answer shows in its thread.
      else if (found !== 'here') navigate(threadPath(room.id, found.threadId), { replace: true });
    });
  }, [client, room.id, route.message]);

  const drop = useDrop(room.id, route.thread, listed, readOnly !== undefined);
  const start = useMemo(() => <RoomStart room={room} title={title} />, [room, title]);
  return (
    <NamedContext.Provider value={named}>
      <RoomUiContext.Provider value={ui}>
        <div className="contents" {...drop.props}>
          <main className="sheet flex-1" aria-label={title}>
            <RoomHeader room={room} title={title} route={route} />
            <LiveBar room={room} />
            <EncryptionBar room={room} />
            {listed ? (
              <Suspense fallback={<div className="flex-1" />}>
                <RoomFilesView room={room} title={title} current={route.file} />
              </Suspense>
            ) : (
              <>
                <MessageList
                  where={room.id ? { roomId: room.id } : { roomId: '' }}
                  label={t('message.list')}
                  newAfter={newAfter}
                  byHand={byHand}
                  target={route.message}
                  onAtEnd={setAtEnd}
                  start={start}
                />
                <Composer
                  roomId={room.id}
                  label={t('composer.label', { room: title })}
                  placeholder={t('composer.label', { room: title })}
                  editing={editing}
                  replyTo={replyTo}
                  onDone={done}
                  onEdit={setEditing}
                  readOnly={readOnly}
                />
                <TypingLine roomId={room.id} hint />
              </>
            )}
            {drop.over && (
              <div className="pointer-events-none absolute inset-2 z-30 grid place-items-center rounded-xl border-2 border-dashed border-accent bg-accent-soft/90 text-17 font-semibold text-accent">
                {t('files.drop', { room: title })}
              </div>
            )}
          </main>
          <RoomPanel room={room} title={title} route={route} />
          {card}
        </div>
      </RoomUiContext.Provider>
    </NamedContext.Provider>
  );
}

function RoomPanel({ room, title, route }: { room: Room; title: string; route: RoomRoute }) {
  const close = useCallback(() => navigate(roomPath(room.id)), [room.id]);
  if (route.thread) return <ThreadPanel key={route.thread} room={room} title={title} rootId={route.thread} onClose={close} />;
  if (route.file) {
    const back = () => (route.panel ? navigate(panelPath(room.id, route.panel)) : close());
    return (
      <Suspense fallback={<aside className="sheet sheet-panel" />}>
        <FilePanel key={route.file} room={room} fileId={route.file} version={route.version} onClose={back} />
      </Suspense>
    );
  }
  switch (route.panel) {
    case 'people':
      return <UserList room={room} title={title} onClose={close} />;
    case 'pins':
      return <PinsPanel room={room} title={title} onClose={close} />;
    case 'search':
      return (
        <Suspense fallback={<aside className="sheet sheet-panel" />}>
          <SearchPanel room={room} title={title} onClose={close} />
        </Suspense>
      );
    case 'files':
    case undefined:
      return null;
  }
}

/** A room: its messages, and one panel beside them. */
export function RoomPage({ route }: { route: RoomRoute }) {
  const client = useClient();
  const room = useStore(client.rooms, (state) => state.byId[route.room]);
  const ready = useStore(client.rooms, (state) => state.status === 'ready');
  const state = useOpenRoom(route.room);
  if (room) return <ChatWindow room={room} route={route} />;
  if (ready && (state === 'gone' || state === 'denied')) return <Missing state={state} />;
  return <main className="sheet flex-1" />;
}
