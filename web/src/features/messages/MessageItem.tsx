import { Clock, Pin, TriangleAlert } from 'lucide-react';
import { memo, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useClient } from '@/app/client';
import type { Message } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { timeText } from '@/shared/lib/time';
import { useLongPress } from '@/shared/lib/useLongPress';
import { useStore } from '@/shared/state/store';
import { Avatar } from '@/shared/ui/Avatar';
import { KeyLine, SealedNote } from '@/features/e2ee/SealedLine';
import { Attachments } from '@/features/files/Attachments';
import { actFor, type ActId } from '@/features/palette/bindings';
import { discardMessage, pinMessage, retryMessage, toggleReaction } from './actions';
import { LinkPreview } from './LinkPreview';
import { Markdown } from './Markdown';
import { mentionsMe } from './mentions';
import type { Outgoing } from './messagesReducer';
import { copyText, linkTo, MessageTools } from './MessageTools';
import { Quote } from './Quote';
import { useQuick, type Quick } from './quick';
import { Reactions } from './Reactions';
import { ReadLine } from './ReadLine';
import { useRoomUi, type RoomUi } from './RoomUi';
import { ThreadSummary } from './ThreadSummary';
import type { Client } from '@/app/client';

type Deeds = Readonly<Partial<Record<ActId, () => void>>>;

/** What can be done by keys with a message that has the focus. */
function deedsOf(client: Client, ui: RoomUi, message: Message, mine: boolean, quick: Quick, box: HTMLElement): Deeds {
  const react = (emoji: string) => () => void toggleReaction(client, message, emoji);
  const write: Deeds = ui.readOnly
    ? {}
    : {
        ...(mine ? { edit: () => ui.edit(message) } : {}),
        ...(mine || ui.moderates ? { remove: () => ui.remove(message) } : {}),
        react: () => box.querySelector<HTMLElement>('[data-react]')?.click(),
        quick1: react(quick[0]),
        quick2: react(quick[1]),
        quick3: react(quick[2]),
      };
  return {
    ...(ui.threadId ? {} : { thread: () => ui.openThread(message), unread: () => ui.unreadFrom(message) }),
    pin: () => void pinMessage(client, message),
    copy: () => copyText(message.content),
    link: () => copyText(linkTo(message)),
    ...write,
  };
}

function SystemLine({ message }: { message: Message }) {
  const { language } = useI18n();
  return (
    <div className="sys">
      <span dir="auto">{message.content}</span>
      <time dateTime={message.createdAt} className="text-12 text-text-3">
        {timeText(message.createdAt, language)}
      </time>
    </div>
  );
}

function Head({ name, at, onName }: { name: string; at: string; onName?: () => void }) {
  const { language } = useI18n();
  return (
    <div className="who">
      {onName ? (
        // By keys the list of people leads there: Tab goes from message to message's things quickly enough as it is.
        <button type="button" tabIndex={-1} className="hover:underline" onClick={onName}>
          <bdi>{name}</bdi>
        </button>
      ) : (
        <bdi>{name}</bdi>
      )}
      <time dateTime={at}>{timeText(at, language)}</time>
    </div>
  );
}

interface Props {
  message: Message;
  lead: boolean;
  lit?: boolean;
  /** The last one of mine: who has read it stands below. */
  receipt?: boolean;
}

/** One message. It is drawn again only when itself changes. */
export const MessageItem = memo(function MessageItem({ message, lead, lit = false, receipt = false }: Props) {
  const { t, language } = useI18n();
  const client = useClient();
  const ui = useRoomUi();
  const me = useStore(client.session, (state) => state.user?.id ?? '');
  const [held, setHeld] = useState(false);
  const [menu, setMenu] = useState(false);
  const article = useRef<HTMLElement>(null);
  const { quick, look } = useQuick(message.roomId);
  const longPress = useLongPress(() => setMenu(message.type !== 'system' && !message.deletedAt));
  const mine = message.senderId === me;
  const deleted = Boolean(message.deletedAt);
  if (message.type === 'system') return <SystemLine message={message} />;
  if (message.sealed === 'device' || message.sealed === 'renewed') return <KeyLine message={message} />;
  const { sender } = message;
  const name = sender?.name ?? t('people.unknown');
  const toMe = !deleted && !mine && mentionsMe(message, me);
  const time = timeText(message.createdAt, language);

  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || deleted) return;
    const box = event.currentTarget;
    if (event.key === 'Enter') {
      // Opens what it holds: a file, the thread below it, a link.
      const held = box.querySelector<HTMLElement>('[data-files] button, [data-files] a, .thread-summary, .md a');
      if (held) event.preventDefault();
      held?.click();
      return;
    }
    const id = actFor(event.nativeEvent, ['messages']);
    const act = id ? deedsOf(client, ui, message, mine, quick, box)[id] : undefined;
    const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    if (event.key === forward) box.querySelector<HTMLElement>('.tools button')?.focus();
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) setMenu(true);
    else if (act) act();
    else return;
    event.preventDefault();
  };

  return (
    // A message takes the focus so that keys can act on it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <article
      ref={article}
      className="msg"
      aria-label={t('message.label', { name, time })}
      aria-posinset={Math.max(1, message.seq)}
      aria-setsize={-1}
      data-lead={lead}
      data-to-me={toMe}
      data-lit={lit}
      data-menu={held || menu}
      data-message={message.id}
      tabIndex={-1}
      onKeyDown={onKey}
      onPointerEnter={look}
      onFocus={(event) => event.target === event.currentTarget && look()}
      {...longPress}
    >
      {lead ? (
        <Avatar id={message.senderId ?? ''} name={name} size={36} url={message.sender?.avatarUrl} />
      ) : (
        <time className="gutter" dateTime={message.createdAt}>
          {time}
        </time>
      )}
      <div className="min-w-0">
        {lead && <Head name={name} at={message.createdAt} onName={sender ? () => ui.about({ userId: sender.id, name, avatarUrl: sender.avatarUrl }) : undefined} />}
        {message.replyTo && <Quote roomId={message.roomId} id={message.replyTo} />}
        {deleted ? (
          <p className="text-14 text-text-3 italic">{t('message.deleted')}</p>
        ) : (
          message.content && <Markdown text={message.content} edited={message.editedAt ? t('message.edited') : undefined} />
        )}
        {!deleted && <SealedNote message={message} />}
        {!deleted && message.files && message.files.length > 0 && (
          <div data-files>
            <Attachments files={message.files} roomId={message.roomId} />
          </div>
        )}
        {!deleted && <LinkPreview message={message} />}
        {message.pinned && (
          <p className="state-line mt-1">
            <Pin size={13} aria-hidden="true" />
            {t('message.pinned')}
          </p>
        )}
        {((message.reactions?.length ?? 0) > 0 || ((message.replyCount ?? 0) > 0 && !ui.threadId)) && (
          <div className="rx">
            <Reactions message={message} />
            {!ui.threadId && <ThreadSummary message={message} />}
          </div>
        )}
        {receipt && !deleted && <ReadLine message={message} />}
      </div>
      {!deleted && <MessageTools message={message} mine={mine} quick={quick} onHeld={setHeld} menu={menu} onMenu={setMenu} article={article} />}
    </article>
  );
});

const PATIENCE_MS = 400;

/** What my own message waits for; nothing while it is quick. */
function Waiting({ outgoing }: { outgoing: Outgoing }) {
  const { t } = useI18n();
  const client = useClient();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (outgoing.state === 'failed') {
    return (
      <div className="fail-line" role="status">
        <TriangleAlert size={15} aria-hidden="true" />
        <span>{t('message.notSent')}</span>
        <button type="button" onClick={() => retryMessage(client, outgoing.clientId)}>
          {t('message.retry')}
        </button>
        <button type="button" onClick={() => discardMessage(client, outgoing.clientId)}>
          {t('message.delete')}
        </button>
        {outgoing.error && <span className="text-text-3">{outgoing.error}</span>}
      </div>
    );
  }
  if (!late) return null;
  return (
    <div className="state-line">
      <Clock size={13} aria-hidden="true" />
      {t(outgoing.state === 'queued' ? 'message.queued' : 'message.sending')}
    </div>
  );
}

/** A message on its way: it stands where it will stand. */
export const OutgoingItem = memo(function OutgoingItem({ outgoing, lead }: { outgoing: Outgoing; lead: boolean }) {
  const { t, language } = useI18n();
  const client = useClient();
  const user = useStore(client.session, (state) => state.user);
  const name = user?.name ?? '';
  return (
    <article className="msg" tabIndex={-1} data-lead={lead} aria-label={t('message.label', { name, time: timeText(outgoing.createdAt, language) })}>
      {lead ? <Avatar id={user?.id ?? ''} name={name} size={36} url={user?.avatarUrl} /> : <span />}
      <div className="min-w-0">
        {lead && <Head name={name} at={outgoing.createdAt} />}
        {outgoing.replyTo && <Quote roomId={outgoing.roomId} id={outgoing.replyTo} />}
        {outgoing.content && <Markdown text={outgoing.content} />}
        <Waiting outgoing={outgoing} />
      </div>
    </article>
  );
});
