import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { Room } from '@/shared/api/types';
import type { Known } from '@/features/messages/RoomUi';

const PersonCard = lazy(async () => ({ default: (await import('./PersonCard')).PersonCard }));

/** Opens the card of somebody in a room; the card, while it is open. */
export function usePersonCard(room: Room): readonly [about: (person: Known) => void, card: ReactNode] {
  const [person, about] = useState<Known | null>(null);
  const card = person && (
    <Suspense fallback={null}>
      <PersonCard room={room} userId={person.userId} name={person.name} avatarUrl={person.avatarUrl} onClose={() => about(null)} />
    </Suspense>
  );
  return [about, card];
}
