import type { Person } from '../session/types';

/** Who sits where. Seats are given in order of joining and kept: nobody moves because somebody else speaks. */
export interface Seats {
  readonly order: readonly string[];
  /** When each person was last heard; absent for those who never were. */
  readonly heardAt: Readonly<Record<string, number>>;
}

export type SeatsAction =
  | { readonly type: 'people'; readonly people: readonly Person[]; readonly now: number }
  /** A page is turned: the one moment when seats may be taken anew. */
  | { readonly type: 'reseat'; readonly people: readonly Person[] }
  /** One of `front`, the first page as it is seen, gives the place up for somebody beyond it. */
  | { readonly type: 'promote'; readonly identity: string; readonly front: readonly string[] };

export const noSeats: Seats = { order: [], heardAt: {} };

/** A voice from another page comes to the first one after this long. */
export const PROMOTE_MS = 3000;

export function seatsReducer(state: Seats, action: SeatsAction): Seats {
  switch (action.type) {
    case 'people': {
      const present = new Set(action.people.map(({ identity }) => identity));
      const kept = state.order.filter((identity) => present.has(identity));
      const seated = new Set(kept);
      const fresh = action.people
        .filter(({ identity }) => !seated.has(identity))
        .sort((a, b) => a.joinedAt - b.joinedAt || (a.identity < b.identity ? -1 : 1))
        .map(({ identity }) => identity);
      const heard = action.people.filter(({ speaking }) => speaking);
      const sameOrder = fresh.length === 0 && kept.length === state.order.length;
      if (sameOrder && heard.length === 0) return state;
      return {
        order: sameOrder ? state.order : [...kept, ...fresh],
        heardAt: heard.reduce((all, { identity }) => ({ ...all, [identity]: action.now }), state.heardAt),
      };
    }
    case 'reseat': {
      // Whoever shows a picture sits before those who show none; otherwise everybody keeps their order.
      const shows = new Map(action.people.map(({ identity, cameraOn }) => [identity, cameraOn]));
      const order = [...state.order].sort((a, b) => Number(shows.get(b) ?? false) - Number(shows.get(a) ?? false));
      return order.every((identity, index) => identity === state.order[index]) ? state : { ...state, order };
    }
    case 'promote': {
      const { identity, front } = action;
      if (front.includes(identity) || !state.order.includes(identity)) return state;
      // The seat of whoever there has been silent longest; of equals, the first.
      const heardAt = (who: string) => state.heardAt[who] ?? 0;
      const yields = state.order.filter((who) => front.includes(who)).reduce<string | null>((quiet, who) => (quiet === null || heardAt(who) < heardAt(quiet) ? who : quiet), null);
      if (yields === null) return state;
      const swap: Readonly<Record<string, string>> = { [identity]: yields, [yields]: identity };
      const order = state.order.map((who) => swap[who] ?? who);
      return { ...state, order };
    }
  }
}

/** People in the order of their seats; those not seated yet come last. */
export function inSeats(seats: Seats, people: readonly Person[]): Person[] {
  const at = new Map(seats.order.map((identity, index) => [identity, index]));
  const seatOf = (person: Person) => at.get(person.identity) ?? Number.MAX_SAFE_INTEGER;
  return [...people].sort((a, b) => seatOf(a) - seatOf(b));
}

/** The same, with raised hands before everybody else, in the order of raising. */
export function handsFirst(people: readonly Person[], handOf: (person: Person) => number): Person[] {
  const rank = (person: Person) => handOf(person) || Number.MAX_SAFE_INTEGER;
  return [...people].sort((a, b) => rank(a) - rank(b));
}

/**
 * The `room` people of a strip too short for all: who was heard last, then raised hands, then me; in seat order so
 * that nobody jumps about.
 */
export function chooseForStrip(
  seats: Seats,
  seated: readonly Person[],
  room: number,
  handOf: (person: Person) => number = () => 0,
): Person[] {
  if (seated.length <= room) return [...seated];
  const rank = (person: Person): number => {
    const heard = seats.heardAt[person.identity] ?? 0;
    if (heard > 0) return heard + 3;
    return handOf(person) > 0 ? 2 : person.me ? 1 : 0;
  };
  const chosen = new Set([...seated].sort((a, b) => rank(b) - rank(a)).slice(0, room));
  return seated.filter((person) => chosen.has(person));
}
