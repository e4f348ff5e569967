import type { Person } from '../session/types';
import type { Layout } from '../view/viewReducer';
import type { Seats } from './seats';

/** What a large place shows: the shared screen, or a person. */
export type Main = 'share' | Person;

export interface MainsWish {
  /** Everybody who may stand on the stage, in seat order. */
  readonly seated: readonly Person[];
  readonly seats: Seats;
  readonly sharing: boolean;
  readonly layout: Layout;
  readonly pins: readonly string[];
  /** Whom a host shows large to everybody; my own pins come before. */
  readonly spotlight?: string | null;
  /** Whom the large picture follows. */
  readonly speaker: string | null;
}

/** Others by how lately they were heard; never me, who need not look at myself. */
function byVoice({ seated, seats, speaker }: MainsWish): Person[] {
  const heard = ({ identity }: Person) => (identity === speaker ? Number.MAX_SAFE_INTEGER : (seats.heardAt[identity] ?? 0));
  const others = seated.filter(({ me }) => !me);
  return [...others].sort((a, b) => heard(b) - heard(a));
}

/** Who has a large place: a share always, then pins, then who speaks. None in a plain grid. */
export function mainsOf(wish: MainsWish): Main[] {
  const { seated, sharing, layout, pins, spotlight } = wish;
  const lit = seated.filter(({ me, identity }) => !me && identity === spotlight);
  const own = pins.flatMap((identity) => seated.filter((person) => person.identity === identity));
  const pinned = own.length > 0 ? own : lit;
  const voices = byVoice(wish).filter((person) => !pinned.includes(person));
  const people = [...pinned, ...voices];
  if (sharing) {
    const beside = pinned[0] ?? (layout === 'side' ? people[0] : undefined);
    return beside ? ['share', beside] : ['share'];
  }
  if (seated.length < 2) return [];
  if (layout === 'side') return people.slice(0, 2);
  if (pinned.length > 0) return pinned;
  return layout === 'speaker' ? people.slice(0, 1) : [];
}
