import { ArrowDown } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useClient } from '@/app/client';
import type { Id } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { dayText } from '@/shared/lib/time';
import { useStore } from '@/shared/state/store';
import { Button } from '@/shared/ui/Button';
import { VirtualList, type ListHandle } from '@/shared/ui/VirtualList';
import { loadMore, loadNewest } from './actions';
import { ListEdge, Skeletons } from './ListEdge';
import { MessageItem, OutgoingItem } from './MessageItem';
import { timelineOf, type Where } from './messagesReducer';
import { daysOver, holdsMessage, rowsOf, type Row } from './rows';

interface Props {
  where: Where;
  label: string;
  /** The pennant hangs after this number. */
  newAfter?: number | null;
  /** The pennant was hung there by hand. */
  byHand?: boolean;
  /** Lit and brought to the middle. */
  target?: Id;
  onAtEnd?: (atEnd: boolean) => void;
  /** Stands before the first message, where history begins. */
  start?: ReactNode;
}

function onScreen(item: HTMLElement, box: HTMLElement): boolean {
  const [inner, outer] = [item.getBoundingClientRect(), box.getBoundingClientRect()];
  return inner.bottom > outer.top && inner.top < outer.bottom;
}

/** Arrows go from message to message, wherever in the list one is. `toFar` goes to what may not be drawn. */
function walkMessages(event: KeyboardEvent<HTMLDivElement>, toFar: (where: 'first' | 'newest') => void) {
  const { target, currentTarget, key } = event;
  if (!(target instanceof HTMLElement)) return;
  const here = target === currentTarget ? null : target.closest<HTMLElement>('article');
  if (target !== currentTarget && target !== here) return;
  if (!['ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'].includes(key)) return;
  if (key === 'Home' || key === 'End') {
    event.preventDefault();
    toFar(key === 'Home' ? 'first' : 'newest');
    return;
  }
  const all = [...currentTarget.querySelectorAll<HTMLElement>('article')];
  const at = here ? all.indexOf(here) : all.length;
  const page = Math.max(1, all.filter((item) => onScreen(item, currentTarget)).length - 1);
  const steps: Readonly<Record<string, number>> = { ArrowUp: at - 1, ArrowDown: at + 1, PageUp: at - page, PageDown: at + page };
  const to = steps[key] ?? at;
  const next = all[Math.max(0, Math.min(all.length - 1, to))];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

export function MessageList({ where, label, newAfter = null, byHand, target, onAtEnd, start }: Props) {
  const { t, language } = useI18n();
  const client = useClient();
  const { roomId, threadId } = where;
  const place = useMemo(() => ({ roomId, threadId }), [roomId, threadId]);
  const timeline = useStore(client.messages, (state) => timelineOf(state, place));
  const outbox = useStore(client.messages, (state) => state.outbox.filter((item) => item.roomId === roomId && item.threadId === threadId));
  const me = useStore(client.session, (state) => state.user?.id ?? '');
  const list = useRef<ListHandle>(null);
  const [atEnd, setAtEnd] = useState(true);
  const [seen, setSeen] = useState(0);
  const edge = timeline.failure === 'older' ? 'failed' : timeline.hasOlder ? 'loading' : 'start';
  const end = timeline.failure === 'newer' ? 'newerFailed' : timeline.failure === 'first' ? 'gap' : null;
  const known = timeline.status === 'ready';
  const rows = useMemo(
    () => rowsOf({ items: timeline.items, outbox, me, newAfter, byHand, edge: known ? edge : null, end: known ? end : null }),
    [timeline.items, known, outbox, me, newAfter, byHand, edge, end],
  );
  const days = useMemo(() => daysOver(rows), [rows]);
  // Drawn anew when the day changes, not with every row that goes by.
  const [day, setDay] = useState<string | null>(null);
  const topChanged = useCallback((key: string) => setDay(days.get(key) ?? null), [days]);
  const lastSeq = timeline.items.at(-1)?.seq ?? 0;
  // What was on screen at the end counts as seen; the rest is the number on the button.
  if (atEnd && seen !== lastSeq) setSeen(lastSeq);
  const behind = atEnd ? 0 : timeline.items.filter(({ seq, senderId }) => seq > seen && senderId !== me).length;

  const endChanged = useCallback(
    (value: boolean) => {
      setAtEnd(value);
      onAtEnd?.(value);
    },
    [onAtEnd],
  );
  const older = useCallback(() => {
    const { hasOlder, failure, status } = timelineOf(client.messages.getState(), place);
    if (status === 'ready' && hasOlder && failure !== 'older') void loadMore(client, place, 'older');
  }, [client, place]);
  const newer = useCallback(() => {
    const { failure } = timelineOf(client.messages.getState(), place);
    if (failure !== 'newer' && failure !== 'first') void loadMore(client, place, 'newer');
  }, [client, place]);

  const targetKey = useMemo(() => {
    const row = rows.find((item) => item.kind === 'message' && item.message.id === target);
    return row?.key;
  }, [rows, target]);
  const reached = useRef<string | null>(null);
  useEffect(() => {
    if (!known || !targetKey || reached.current === targetKey) return;
    if (list.current?.toRow(targetKey)) reached.current = targetKey;
  }, [known, targetKey]);
  const drawn = useRef(rows);
  useEffect(() => {
    drawn.current = rows;
  }, [rows]);
  const toEnd = useCallback(async () => {
    if (timelineOf(client.messages.getState(), place).hasNewer) await loadNewest(client, place);
    list.current?.toEnd();
  }, [client, place]);
  const toFar = useCallback(
    async (where: 'first' | 'newest') => {
      if (where === 'newest') await toEnd();
      const row = where === 'first' ? drawn.current.find((item) => holdsMessage(item, place)) : drawn.current.findLast((item) => holdsMessage(item, place));
      if (!row) return;
      if (where === 'first') list.current?.toRow(row.key);
      list.current?.focusRow(row.key);
    },
    [toEnd, place],
  );
  // My own new message brings me to the end.
  const posted = outbox.length;
  const before = useRef(0);
  useEffect(() => {
    if (posted > 0) list.current?.toEnd();
    // It follows on what is not loaded: once it is sent, what is newest is fetched with it.
    else if (before.current > 0) void toEnd();
    before.current = posted;
  }, [posted, toEnd]);

  // Of the last thing said by me; a thread's readers nobody counts.
  const mine = threadId ? undefined : timeline.items.findLast(({ senderId, deletedAt }) => senderId === me && !deletedAt)?.id;
  const render = useCallback(
    (row: Row): ReactNode => {
      switch (row.kind) {
        case 'day':
          return (
            <h3 className="day">
              <time dateTime={row.date}>{dayText(row.date, language)}</time>
            </h3>
          );
        case 'new':
          return (
            <div className="pennant" role="separator" aria-label={t('message.newOnes')}>
              <span aria-hidden="true">{t('message.new')}</span>
            </div>
          );
        case 'message':
          return <MessageItem message={row.message} lead={row.lead} lit={row.message.id === target} receipt={row.message.id === mine} />;
        case 'outgoing':
          return <OutgoingItem outgoing={row.outgoing} lead={row.lead} />;
        case 'edge':
          return <ListEdge edge={row.edge} where={place} start={start} />;
      }
    },
    [language, t, target, mine, start, place],
  );

  if (!known && timeline.items.length === 0 && outbox.length === 0) {
    return (
      <div className="list flex flex-col justify-end">
        {timeline.status === 'failed' ? (
          <p className="flex items-center justify-center gap-2 p-6 text-13 text-text-2" role="alert">
            {t('message.notLoaded')}
            <Button look="soft" size="s" onClick={() => void loadNewest(client, place)}>
              {t('message.retry')}
            </Button>
          </p>
        ) : (
          <Skeletons count={5} />
        )}
      </div>
    );
  }
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <VirtualList
        handle={list}
        rows={rows}
        render={render}
        label={label}
        from={threadId ? 'start' : 'end'}
        openEnd={timeline.hasNewer}
        onAtEnd={endChanged}
        onTop={topChanged}
        onNearStart={older}
        onNearEnd={newer}
        onKeyDown={(event) => walkMessages(event, (far) => void toFar(far))}
        live={atEnd}
      />
      {day && (
        <p aria-hidden="true" className="day-over">
          {dayText(day, language)}
        </p>
      )}
      {!atEnd && (
        <button
          type="button"
          data-jump
          className="absolute bottom-3 self-center rounded-xl bg-raised px-3 py-2 text-13 font-semibold text-accent shadow-2 ring ring-line"
          onClick={() => void toEnd()}
        >
          <span className="flex items-center gap-1.5">
            <ArrowDown size={15} aria-hidden="true" />
            {behind > 0 ? t('message.jumpCount', { n: behind }) : t('message.jump')}
          </span>
        </button>
      )}
    </div>
  );
}
