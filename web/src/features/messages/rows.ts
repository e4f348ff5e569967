import type { Message } from '@/shared/api/types';
import type { Outgoing } from './messagesReducer';

export type Row =
  | { readonly key: string; readonly kind: 'day'; readonly date: string }
  | { readonly key: 'new'; readonly kind: 'new' }
  | { readonly key: string; readonly kind: 'message'; readonly message: Message; readonly lead: boolean }
  | { readonly key: string; readonly kind: 'outgoing'; readonly outgoing: Outgoing; readonly lead: boolean }
  | { readonly key: string; readonly kind: 'edge'; readonly edge: Edge };

/** Where what is loaded ends: before the first message, or after the last one. */
export type Edge = 'loading' | 'failed' | 'start' | 'newerFailed' | 'gap';

const GROUP_MS = 5 * 60_000;

/** The day of a time, where the reader is. */
export const dayOf = (iso: string): string => {
  const date = new Date(iso);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
};

/** Lines about keys stand apart as those of the room do. */
const isText = ({ type, sealed }: Message): boolean => type !== 'system' && sealed !== 'device' && sealed !== 'renewed';

/** A message that the writer sees before the server has it joins the group of the writer's last one. */
function continues(before: Message | undefined, senderId: string | null, createdAt: string): boolean {
  if (!before || !isText(before) || before.senderId !== senderId) return false;
  return Date.parse(createdAt) - Date.parse(before.createdAt) < GROUP_MS;
}

interface Input {
  readonly items: readonly Message[];
  readonly outbox: readonly Outgoing[];
  readonly me: string;
  /** The pennant hangs after this number; null without one. */
  readonly newAfter: number | null;
  /** It was hung by hand: then before my own message too. */
  readonly byHand?: boolean;
  readonly edge: 'loading' | 'failed' | 'start' | null;
  /** What is missing after the last item, when loading it failed. */
  readonly end?: 'newerFailed' | 'gap' | null;
}

/** What the list shows, top to bottom: days, the pennant, messages with or without a head, and what waits. */
export function rowsOf({ items, outbox, me, newAfter, byHand = false, edge, end = null }: Input): readonly Row[] {
  const rows: Row[] = edge ? [{ key: `edge-${edge}`, kind: 'edge', edge }] : [];
  let before: Message | undefined;
  let hung = newAfter === null;
  for (const message of items) {
    const newDay = !before || dayOf(before.createdAt) !== dayOf(message.createdAt);
    if (newDay) rows.push({ key: `day-${dayOf(message.createdAt)}`, kind: 'day', date: message.createdAt });
    const hang = !hung && newAfter !== null && message.seq > newAfter && (byHand || message.senderId !== me);
    if (hang) {
      rows.push({ key: 'new', kind: 'new' });
      hung = true;
    }
    const lead =
      newDay || hang || !isText(message) || Boolean(message.replyTo) || !continues(before, message.senderId, message.createdAt);
    rows.push({ key: message.clientId ?? message.id, kind: 'message', message, lead });
    before = message;
  }
  if (end) rows.push({ key: `edge-${end}`, kind: 'edge', edge: end });
  for (const [index, outgoing] of outbox.entries()) {
    const previous = outbox[index - 1];
    const lead = Boolean(outgoing.replyTo) || (!previous && !continues(before, me, outgoing.createdAt));
    rows.push({ key: outgoing.clientId, kind: 'outgoing', outgoing, lead });
  }
  return rows;
}

/** Whether a row holds a message that can have the focus: a thread begins with the one that it hangs on. */
export function holdsMessage(row: Row, { threadId }: { readonly threadId?: string }): boolean {
  if (row.kind === 'edge') return Boolean(threadId) && row.edge === 'start';
  return row.kind === 'outgoing' || (row.kind === 'message' && isText(row.message));
}

/** The day that stays in sight over each row; none over the label of a day itself, or where no day has begun. */
export function daysOver(rows: readonly Row[]): ReadonlyMap<string, string> {
  const days = new Map<string, string>();
  let day: string | null = null;
  for (const row of rows) {
    if (row.kind === 'day') day = row.date;
    else if (day !== null) days.set(row.key, day);
  }
  return days;
}
