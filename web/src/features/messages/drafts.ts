import { localStore } from '@/shared/lib/storage';

const KEY = 'parley.drafts';

type Drafts = Readonly<Record<string, string>>;

const readAll = (): Drafts =>
  localStore.read<Drafts>(KEY, (value) => (typeof value === 'object' && value !== null ? (value as Drafts) : undefined), {});

/** What was written and not sent, by room, or by room and thread. */
export const readDraft = (place: string): string => readAll()[place] ?? '';
export const hasDraft = (room: string): boolean => readDraft(room).trim() !== '';

export function keepDraft(place: string, text: string): void {
  const others = Object.fromEntries(Object.entries(readAll()).filter(([key]) => key !== place));
  localStore.write(KEY, text.trim() === '' ? others : { ...others, [place]: text });
}
