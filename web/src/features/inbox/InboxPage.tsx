import { AtSign, CheckCheck, MessageSquareText, Phone, PhoneMissed } from 'lucide-react';
import { useEffect } from 'react';
import { useClient } from '@/app/client';
import { messagePath, roomPath, threadPath } from '@/app/router';
import type { InboxItem, Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { momentText } from '@/shared/lib/time';
import { useStore } from '@/shared/state/store';
import { Avatar } from '@/shared/ui/Avatar';
import { Button } from '@/shared/ui/Button';
import { Flag } from '@/shared/ui/Flag';
import { IconButton } from '@/shared/ui/IconButton';
import { Link } from '@/shared/ui/Link';
import { joinCallIn } from '@/features/calls/actions';
import { plainText } from '@/features/messages/format';
import { partnerOf, roomTitle } from '@/features/rooms/actions';
import { amberOf } from '@/features/rooms/attention';
import { keyOf, loadInbox, loadMoreInbox, readInbox } from './actions';

function Face({ room, size = 28 }: { room: Room; size?: number }) {
  const client = useClient();
  const me = useStore(client.session, (state) => state.user?.id ?? '');
  const partner = useStore(client.rooms, (state) => partnerOf(room, state.members[room.id], me));
  return partner ? (
    <Avatar id={partner.userId} name={partner.name} size={size} url={partner.avatarUrl} />
  ) : (
    <Flag room={room.id} spec={room.flag} size={size} />
  );
}

const icons = { mention: AtSign, thread: MessageSquareText, 'missed-call': PhoneMissed } as const;

const placeOf = ({ kind, roomId, message }: InboxItem): string => {
  if (kind === 'thread' && message?.threadId) return threadPath(roomId, message.threadId);
  return message ? messagePath(roomId, message.id) : roomPath(roomId);
};

function Item({ item, room }: { item: InboxItem; room: Room }) {
  const { t, language } = useI18n();
  const client = useClient();
  const title = useStore(client.rooms, () => roomTitle(client, room));
  const { kind, read, message, call, at } = item;
  const Icon = icons[kind];
  return (
    <li className="flex items-center gap-1 rounded-lg hover:bg-hover" data-read={read}>
      <Link to={placeOf(item)} className="flex min-w-0 flex-1 items-start gap-3 px-3 py-2.5">
        <Face room={room} />
        <span className="min-w-0 flex-1">
          <span className="flex min-w-0 items-center gap-2 text-13">
            <Icon size={15} aria-hidden="true" className={`flex-none ${read ? 'text-text-3' : 'text-signal-text'}`} />
            <bdi className={`min-w-0 truncate ${read ? 'text-text-2' : 'font-semibold'}`}>{title}</bdi>
            <span className="flex-none text-12 text-text-3">{t(`inbox.${kind}`)}</span>
            <span className="flex-1" />
            <time dateTime={at} className="flex-none text-12 text-text-3">
              {momentText(at, language)}
            </time>
          </span>
          {message && (
            <span className="mt-0.5 line-clamp-2 text-14 wrap-anywhere text-text-2" dir="auto">
              <b className="font-semibold text-text">{message.sender?.name}</b> {plainText(message.content)}
            </span>
          )}
        </span>
        {!read && <span className="sr-only">{t('side.new', { n: 1 })}</span>}
      </Link>
      {call && <IconButton label={t('history.callBack', { room: title })} icon={Phone} onClick={() => joinCallIn(client, room.id, call.type)} />}
    </li>
  );
}

/** Conversations of two with something new: they are not mentions, and wait for me all the same. */
function Directs() {
  const { t } = useI18n();
  const client = useClient();
  const rooms = useStore(client.rooms, (state) =>
    Object.values(state.byId).filter((room) => room.type === 'direct' && amberOf(state, room.id) > 0),
  );
  return rooms.map((room) => (
    <li key={room.id}>
      <Link to={roomPath(room.id)} className="flex min-h-14 items-center gap-3 rounded-lg px-3 hover:bg-hover">
        <Face room={room} />
        <bdi className="min-w-0 flex-1 truncate font-semibold">{roomTitle(client, room)}</bdi>
        <span className="text-13 text-text-2">{t('side.unread', { n: amberOf(client.rooms.getState(), room.id) })}</span>
      </Link>
    </li>
  ));
}

/** What waits for me alone: mentions, threads that I follow, direct messages, missed calls. */
export function InboxPage() {
  const { t } = useI18n();
  const client = useClient();
  const { items, status, nextCursor } = useStore(client.inbox, (state) => state);
  const rooms = useStore(client.rooms, (state) => state.byId);
  const directs = useStore(client.rooms, (state) => Object.values(state.byId).some((room) => room.type === 'direct' && amberOf(state, room.id) > 0));
  useEffect(() => void loadInbox(client), [client]);
  const known = items.flatMap((item) => {
    const room = rooms[item.roomId];
    return room ? [{ item, room }] : [];
  });
  const unread = items.some(({ read }) => !read);
  return (
    <main className="sheet flex-1">
      <header className="sheet-head">
        <h1 className="flex-1 max-sm:ps-3">{t('side.inbox')}</h1>
        {unread && (
          <Button look="ghost" size="m" onClick={() => void readInbox(client)}>
            <CheckCheck size={16} aria-hidden="true" />
            {t('inbox.allRead')}
          </Button>
        )}
      </header>
      <ul role="list" className="min-h-0 flex-1 overflow-y-auto p-2">
        <Directs />
        {known.map(({ item, room }) => (
          <Item key={keyOf(item)} item={item} room={room} />
        ))}
        {status !== 'idle' && known.length === 0 && !directs && <li className="p-10 text-center text-14 text-text-3">{t('inbox.none')}</li>}
        {nextCursor && (
          <li className="p-3 text-center">
            <Button look="soft" size="m" onClick={() => void loadMoreInbox(client)}>
              {t('app.more')}
            </Button>
          </li>
        )}
      </ul>
    </main>
  );
}
