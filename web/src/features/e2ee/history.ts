import type { Endpoints } from '@/shared/api/endpoints';
import type { Id } from '@/shared/api/types';
import { controlOf, type Control } from './controls';
import { readEnvelope } from './envelope';

const PAGE = 100;
const MOST_PAGES = 200;

export interface Walk {
  readonly controls: readonly Control[];
  /** Keys that something in here was sealed with. */
  readonly keyIds: ReadonlySet<string>;
  /** Numbers of the first and the last event that was looked at; 0 for a room without any. */
  readonly floor: number;
  readonly newest: number;
}

interface Bounds {
  /** Begins before this number; at the newest without. */
  readonly before?: number;
  /** Ends at this number. */
  readonly until: number;
  /** Ends where this says so: behind a renewal, for instance, whose new key is here. */
  readonly enough: (control: Control) => boolean;
}

/** Reads a room's history backwards for what is about keys. */
export async function walkBack(api: Pick<Endpoints, 'messages'>, roomId: Id, { before, until, enough }: Bounds): Promise<Walk> {
  const controls: Control[] = [];
  const keyIds = new Set<string>();
  let newest = 0;
  let floor = before ?? 0;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await api.messages(roomId, { limit: PAGE, ...(floor > 0 ? { before: floor } : {}) });
    const items = page.items.filter(({ seq }) => seq > until);
    for (const message of items.toReversed()) {
      newest = Math.max(newest, message.seq);
      const envelope = readEnvelope(message.content);
      if (!envelope) continue;
      keyIds.add(envelope.keyId);
      if (envelope.marker === 'r') keyIds.add(envelope.base);
      const control = controlOf(message);
      if (control) controls.push(control);
    }
    floor = page.items[0]?.seq ?? floor;
    const end = page.items.length < PAGE || items.length < page.items.length;
    if (end || controls.some(enough)) return { controls, keyIds, floor: end ? until : floor, newest };
  }
  return { controls, keyIds, floor, newest };
}
