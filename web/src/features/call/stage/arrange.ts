import type { Person } from '../session/types';
import {
  cornerBox,
  fitGrid,
  pagesFor,
  placeGrid,
  placeSpeaker,
  settleGrid,
  type Box,
  type PageOptions,
  type Size,
  type SpeakerLayout,
} from './layout';
import { chooseForStrip, inSeats, type Seats } from './seats';

/** What the last arrangement looked like; the next one leans to it. */
export interface Held {
  readonly columns: number;
  readonly edge: SpeakerLayout['edge'];
}

export interface PlacedTile {
  readonly person: Person;
  readonly box: Box;
  /** My own small tile over somebody else's picture. */
  readonly corner?: boolean;
}

export interface Arrangement {
  readonly tiles: readonly PlacedTile[];
  readonly share: Box | null;
  readonly page: number;
  readonly pages: number;
  readonly perPage: number;
  /** People in the call without a tile on a crowded strip, and the seat that says so. */
  readonly hidden: number;
  readonly more: Box | null;
  readonly held: Held;
}

export interface Scene {
  readonly people: readonly Person[];
  readonly seats: Seats;
  readonly space: Size;
  /** Width / height of the shared screen, null while nobody shares. */
  readonly shareAspect: number | null;
  readonly page: number;
  readonly held: Held;
  readonly pixelRatio: number;
}

const CORNER_INSET = 12;
const NARROW = 600;

function optionsFor({ width }: Size, pixelRatio: number): PageOptions & { gap: number } {
  return width < NARROW
    ? { gap: 6, aspectMin: 3 / 4, minWidth: 150, cap: 8, pixelRatio }
    : { gap: 8, aspectMin: 4 / 3, minWidth: 168, cap: 49, pixelRatio };
}

/** Where everybody is on the stage now. Pure: the same scene gives the same picture. */
export function arrange(scene: Scene): Arrangement {
  const seated = inSeats(scene.seats, scene.people);
  const nothing = { tiles: [], share: null, page: 0, pages: 1, perPage: seated.length || 1, hidden: 0, more: null, held: scene.held };
  if (scene.space.width <= 0 || scene.space.height <= 0 || seated.length === 0) return nothing;
  const options = optionsFor(scene.space, scene.pixelRatio);
  if (scene.shareAspect !== null) return arrangeShare(scene, seated, scene.shareAspect, options.gap);

  const [first, second] = seated;
  if (seated.length === 2 && first && second) {
    const [me, other] = first.me ? [first, second] : [second, first];
    if (me.me) return { ...nothing, ...arrangePair(me, other, scene.space, options), perPage: 2 };
  }

  const { pages, perPage } = pagesFor(seated.length, scene.space, options);
  const page = Math.min(Math.max(0, scene.page), pages - 1);
  const shown = seated.slice(page * perPage, (page + 1) * perPage);
  // The last page may hold fewer; its tiles stay as large as those of the page before.
  const grid = settleGrid(scene.held.columns, Math.min(perPage, seated.length), scene.space, options);
  if (!grid) return nothing;
  const boxes = placeGrid(grid, shown.length, scene.space, options.gap);
  return {
    ...nothing,
    tiles: shown.flatMap((person, index) => {
      const box = boxes[index];
      return box ? [{ person, box }] : [];
    }),
    page,
    pages,
    perPage,
    held: { ...scene.held, columns: grid.columns },
  };
}

function arrangePair(me: Person, other: Person, space: Size, options: PageOptions): { tiles: PlacedTile[] } {
  const grid = fitGrid(1, space, options);
  const box = grid ? placeGrid(grid, 1, space)[0] : undefined;
  if (!box) return { tiles: [] };
  const corner = cornerBox(box, CORNER_INSET);
  return {
    tiles: [
      { person: other, box },
      { person: me, box: { ...corner, x: box.x + corner.x, y: box.y + corner.y }, corner: true },
    ],
  };
}

function arrangeShare(scene: Scene, seated: readonly Person[], aspect: number, gap: number): Arrangement {
  const layout = placeSpeaker(seated.length, scene.space, { gap, aspect, held: scene.held.edge });
  const { strip } = layout;
  const more = seated.length > strip.length && strip.length > 1 ? (strip.at(-1) ?? null) : null;
  const shown = chooseForStrip(scene.seats, seated, strip.length - (more ? 1 : 0));
  return {
    tiles: shown.flatMap((person, index) => {
      const box = strip[index];
      return box ? [{ person, box }] : [];
    }),
    share: layout.main,
    page: 0,
    pages: 1,
    perPage: seated.length,
    hidden: seated.length - shown.length,
    more,
    held: { ...scene.held, edge: layout.edge },
  };
}
