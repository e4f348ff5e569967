import { ArrowUp, AtSign, Plus, Smile, Type } from 'lucide-react';
import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react';
import { useClient } from '@/app/client';
import { useOnline } from '@/app/OfflineBanner';
import type { Id, Message } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { IconButton } from '@/shared/ui/IconButton';
import { roomForText, textBytes } from '@/features/e2ee/sealedText';
import { startUploads } from '@/features/files/actions';
import { PendingFiles, usePending } from '@/features/files/PendingFiles';
import { editMessage, sendMessage } from './actions';
import { CallsAll, ComposerStrips } from './ComposerStrips';
import { enter } from '@/features/settings/choices';
import { CompletionList } from './CompletionList';
import { keepDraft, readDraft } from './drafts';
import { EmojiPicker } from './EmojiPicker';
import { FormatBar } from './FormatBar';
import { mark, prefix, trimmed, type LinePrefix, type Mark, type Selection } from './format';
import { Markdown } from './Markdown';
import { timelineOf } from './messagesReducer';
import { useCompletion } from './useCompletion';
import { useEditConflict } from './useEditConflict';
import { useSlowed } from './useSlowed';
import { useTyping } from './useTyping';

interface Props {
  roomId: Id;
  threadId?: Id;
  /** The accessible name of the field. */
  label: string;
  placeholder: string;
  editing: Message | null;
  replyTo: Message | null;
  onDone: () => void;
  onEdit: (message: Message) => void;
  /** Why nothing can be written here. */
  readOnly?: string;
  compact?: boolean;
  /** Told when something went out. */
  onSent?: () => void;
  /** What is written in a thread goes to its room as well. */
  alsoInRoom?: boolean;
}

const chords: Readonly<Record<string, Mark>> = { b: 'bold', i: 'italic' };
/** By the key's place, for Shift changes its sign. */
const lineChords: Readonly<Record<string, LinePrefix>> = { Digit7: 'numbers', Digit8: 'bullets', Digit9: 'quote' };
/** So many people are not called without being asked about it. */
const MANY = 30;
const CALLS_ALL = /(^|[^\p{L}\p{N}@._-])@(room|all)\b/u;

/** The last message of mine that I may still change. */
function useMyLast(roomId: Id, threadId?: Id): () => Message | undefined {
  const client = useClient();
  return () => {
    const me = client.session.getState().user?.id;
    const { items } = timelineOf(client.messages.getState(), { roomId, threadId });
    return items.findLast((message) => message.senderId === me && !message.deletedAt && message.type === 'text');
  };
}

/** Where messages are written. What stands in it is kept, by room and thread, until it is sent. */
export function Composer(props: Props) {
  const { roomId, threadId, label, placeholder, editing, replyTo, onDone, onEdit, readOnly, compact, onSent, alsoInRoom } = props;
  const { t } = useI18n();
  const client = useClient();
  const online = useOnline();
  const id = useId();
  const place = threadId ? `${roomId}/${threadId}` : roomId;
  const field = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(() => readDraft(place));
  const [cursor, setCursor] = useState(text.length);
  const [bar, setBar] = useState(false);
  const [preview, setPreview] = useState(false);
  const [wished, setWished] = useState(false);
  const uploads = usePending(roomId, threadId);
  const user = useStore(client.session, (state) => state.user);
  const typing = useTyping(roomId);
  const myLast = useMyLast(roomId, threadId);
  const limit = client.config.limits.messageLength;
  // What is sealed takes more room: there the bytes count that are left for it.
  const over = client.e2ee.encrypted(roomId) ? textBytes(text) - roomForText(limit) : Array.from(text).length - limit;

  // Editing lays the draft aside and puts it back afterwards.
  const [edited, setEdited] = useState<Message | null>(null);
  if (editing !== edited) {
    setEdited(editing);
    setText(editing ? editing.content : readDraft(place));
  }
  useEffect(() => {
    if (!editing && !replyTo) return;
    const element = field.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, [editing, replyTo]);

  // The text of a message that somebody deleted meanwhile becomes a draft.
  const written = useRef(text);
  useEffect(() => {
    written.current = text;
  });
  const keepText = useCallback(() => {
    keepDraft(place, written.current);
    onDone();
  }, [place, onDone]);
  const conflict = useEditConflict(editing, keepText);
  const slowed = useSlowed();
  const members = useStore(client.rooms, (state) => state.byId[roomId]?.memberCount ?? 0);

  const change = (next: string, at = next.length) => {
    setText(next);
    setCursor(at);
    if (!editing) keepDraft(place, next);
    if (next.trim() && !editing) typing.typed();
    else typing.stopped();
  };
  const select = ({ text: next, start, end }: Selection) => {
    change(next, end);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(start, end);
    });
  };
  const put = (from: number, to: number, piece: string) => {
    const at = from + piece.length;
    select({ text: text.slice(0, from) + piece + text.slice(to), start: at, end: at });
  };
  const selection = (): Selection => ({ text, start: field.current?.selectionStart ?? cursor, end: field.current?.selectionEnd ?? cursor });
  const completion = useCompletion(roomId, text, cursor, put);

  // As tall as the text, up to a part of the page that the style sheet sets.
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.blockSize = '0';
    element.style.blockSize = `${Math.max(36, element.scrollHeight)}px`;
  }, [text, preview]);

  const content = trimmed(text);
  const ready = uploads.filter(({ state }) => state === 'done');
  const under = uploads.some(({ state }) => state !== 'done' && state !== 'failed');
  const sendable = !readOnly && over <= 0 && (content !== '' || (uploads.length > 0 && !editing));

  function deliver() {
    const fileIds = ready.flatMap(({ file }) => (file ? [file.id] : []));
    sendMessage(client, roomId, { content, threadId, replyTo: replyTo?.id, ...(fileIds.length > 0 ? { fileIds } : {}) });
    if (alsoInRoom && threadId && content) sendMessage(client, roomId, { content, replyTo: threadId });
    onSent?.();
    client.uploads.dispatch({ type: 'remove', ids: uploads.map((upload) => upload.id) });
    setWished(false);
    setPreview(false);
    change('');
    onDone();
    field.current?.focus();
  }

  const asks = members > MANY && !editing && CALLS_ALL.test(content);
  const [asked, setAsked] = useState(false);

  async function send(callAll = false) {
    if (!sendable || slowed > 0) return;
    if (asks && !callAll) {
      setAsked(true);
      return;
    }
    setAsked(false);
    conflict.forget();
    typing.stopped();
    if (editing) {
      if (content === editing.content || (await editMessage(client, editing, content))) onDone();
    } else if (under) {
      setWished(true);
    } else {
      deliver();
    }
  }

  // What was sent before its files were there goes out with the last of them.
  const deliverLatest = useRef(deliver);
  useEffect(() => {
    deliverLatest.current = deliver;
  });
  useEffect(() => {
    if (wished && !under) deliverLatest.current();
  }, [wished, under]);

  function onKey(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing || completion.onKey(event)) return;
    const chord = (event.ctrlKey || event.metaKey) && !event.altKey;
    const key = event.key.toLowerCase();
    const kind = chord ? (event.shiftKey ? (key === 'x' ? 'strike' : undefined) : chords[key]) : undefined;
    const line = chord && event.shiftKey ? lineChords[event.code] : undefined;
    if (kind) {
      select(mark(selection(), kind));
    } else if (line) {
      select(prefix(selection(), line));
    } else if (chord && key === 'u') {
      picker.current?.click();
    } else if (event.key === 'Enter' && !chord && event.shiftKey === (enter.get() === 'line')) {
      void send();
    } else if (event.key === 'ArrowUp' && text === '' && !editing) {
      const last = myLast();
      if (!last) return;
      onEdit(last);
    } else if (event.key === 'Escape' && (editing || replyTo)) {
      onDone();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  function onPaste(event: ClipboardEvent) {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    startUploads(client, { roomId, threadId }, files);
  }

  if (readOnly) {
    return <p className="composer px-4 py-3 text-14 text-text-3">{readOnly}</p>;
  }
  const canFiles = client.config.features.files && !(user?.guest ?? false) && !editing;
  return (
    <div className="composer relative">
      <ComposerStrips editing={editing !== null} replyTo={replyTo} onDone={onDone} conflict={conflict} />
      {asked && asks && <CallsAll people={members} onYes={() => void send(true)} />}
      {preview ? (
        <div className="c-preview max-h-[40dvh] min-h-9 overflow-y-auto px-3.5 pt-2.5 pb-1">
          {content ? <Markdown text={content} /> : <p className="text-text-3">{t('composer.nothing')}</p>}
        </div>
      ) : (
        <textarea
          ref={field}
          aria-label={label}
          aria-autocomplete="list"
          aria-controls={completion.choices.length > 0 ? `${id}-list` : undefined}
          aria-activedescendant={completion.choices.length > 0 ? `${id}-${completion.active}` : undefined}
          placeholder={placeholder}
          dir="auto"
          rows={1}
          value={text}
          onChange={(event) => change(event.target.value, event.target.selectionStart)}
          onSelect={(event) => setCursor(event.currentTarget.selectionStart)}
          onKeyDown={onKey}
          onPaste={onPaste}
          onBlur={typing.stopped}
        />
      )}
      <CompletionList id={id} completion={completion} label={t('composer.people')} />
      <PendingFiles uploads={uploads} />
      {bar && <FormatBar preview={preview} onPreview={() => setPreview(!preview)} onChange={select} selection={selection} />}
      <div className="composer-bar">
        {canFiles && (
          <>
            <IconButton className="c-attach" label={t('composer.attach')} icon={Plus} onClick={() => picker.current?.click()} />
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              onChange={(event) => {
                startUploads(client, { roomId, threadId }, [...(event.target.files ?? [])]);
                event.target.value = '';
              }}
            />
          </>
        )}
        {!compact && <IconButton className="c-format" label={t('composer.format')} icon={Type} size={17} aria-pressed={bar} onClick={() => setBar(!bar)} />}
        <EmojiPicker onPick={(emoji) => put(cursor, cursor, emoji)} trigger={<IconButton className="c-emoji" label={t('composer.emoji')} icon={Smile} />} />
        <IconButton className="c-mention" label={t('composer.mention')} icon={AtSign} onClick={() => put(cursor, cursor, cursor > 0 && !/\s$/.test(text.slice(0, cursor)) ? ' @' : '@')} />
        <span className="c-space flex-1" />
        <span role="status" className={`c-state px-2 text-12 ${over > 0 ? 'text-danger' : 'text-text-3'}`}>
          {over > 0 ? t('composer.over', { n: over }) : slowed > 0 ? t('composer.slowed', { n: slowed }) : wished ? t('composer.afterFiles') : online ? '' : t('message.queued')}
        </span>
        <button type="button" className="send" aria-label={t('composer.send')} title={t('composer.send')} aria-disabled={!sendable || slowed > 0} onClick={() => void send()}>
          <ArrowUp size={18} aria-hidden="true" />
        </button>
      </div>
    </div>
  );
}
