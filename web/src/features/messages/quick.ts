import { useCallback, useState } from 'react';
import { useClient } from '@/app/client';
import type { Id, Message } from '@/shared/api/types';
import { emptyTimeline } from './timeline';

const USUAL = ['👍', '✅', '👀'] as const;

export type Quick = readonly [string, string, string];

/** The three signs that people of a room react with most; the usual ones where there are fewer. */
export function quickOf(messages: readonly Message[]): Quick {
  const counts = new Map<string, number>(USUAL.map((emoji) => [emoji, 0]));
  for (const { reactions = [] } of messages) {
    for (const { emoji, count } of reactions) counts.set(emoji, (counts.get(emoji) ?? 0) + count);
  }
  const [first, second, third] = [...counts].sort(([, a], [, b]) => b - a).map(([emoji]) => emoji);
  return [first ?? USUAL[0], second ?? USUAL[1], third ?? USUAL[2]];
}

/**
 * The quick reactions of a room. They are counted when `look` is called, as the pointer or the focus comes to a message,
 * and stay as they are meanwhile: nothing moves away from under a finger.
 */
export function useQuick(roomId: Id): { readonly quick: Quick; readonly look: () => void } {
  const client = useClient();
  const [quick, setQuick] = useState<Quick>(USUAL);
  const look = useCallback(() => {
    const { items } = client.messages.getState().rooms[roomId] ?? emptyTimeline;
    setQuick((old) => {
      const next = quickOf(items);
      return next.every((emoji, index) => emoji === old[index]) ? old : next;
    });
  }, [client, roomId]);
  return { quick, look };
}
