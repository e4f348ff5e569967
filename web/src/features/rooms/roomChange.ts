import type { Room, RoomChange } from '@/shared/api/types';

/** What the dialog of a room's settings holds. */
export type RoomDraft = Pick<Room, 'name' | 'topic' | 'flag' | 'visibility' | 'locked' | 'archived' | 'retentionDays'>;

export const draftOf = ({ name, topic, flag, visibility, locked, archived, retentionDays }: Room): RoomDraft => ({
  name,
  topic,
  flag,
  visibility,
  locked,
  archived,
  retentionDays,
});

/** Only what differs: the rest may have been changed by others meanwhile, or is not for this person to change. */
export function changeOf(before: RoomDraft, draft: RoomDraft): RoomChange {
  const after: RoomDraft = { ...draft, name: draft.name.trim(), topic: draft.topic.trim() };
  const keys = Object.keys(before) as (keyof RoomDraft)[];
  return Object.fromEntries(keys.filter((key) => after[key] !== before[key]).map((key) => [key, after[key]]));
}

const usualDays = [0, 1, 7, 30, 90, 365, 1095];

/** How long messages may be kept, what is set now among them. */
export const retentionChoices = (now: number): readonly number[] => [...new Set([...usualDays, now])].sort((a, b) => a - b);

/** Messages go that would have stayed: for good, so it is said before. */
export const losesMessages = (before: number, after: number): boolean => after !== 0 && (before === 0 || after < before);
