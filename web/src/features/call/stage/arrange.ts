import { userOf } from '../session/RoomCallContext';
import type { Person } from '../session/types';
import type { Layout } from '../view/viewReducer';
import {
  cornerBox,
  fitGrid,
  pagesFor,
  placeGrid,
  placeStage,
  settleGrid,
  type Box,
  type Corner,
  type PageOptions,
  type Size,
  type SpeakerLayout,
} from './layout';
import { mainsOf, type Main } from './mains';
import { chooseForStrip, handsFirst, inSeats, type Seats } from './seats';

/** What the last arrangement looked like; the next one leans to it. */
export interface Held {
  readonly columns: number;
  readonly edge: SpeakerLayout['edge'];
  /** For how many large pictures the edge was chosen. */
  readonly mains?: number;
}

export interface PlacedTile {
  readonly person: Person;
  readonly box: Box;
  /** My own small tile over somebody else's picture. */
  readonly corner?: boolean;
  /** A large picture beside a strip of small ones. */
  readonly main?: boolean;
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
  /** The line of captions: between the large picture and a strip below it, or below everything. */
  readonly captions: Box | null;
  /** Of a grid with several pages: who may give up a place on the first one, and who has none there. */
  readonly front: readonly Person[];
  readonly beyond: readonly Person[];
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
  readonly layout?: Layout;
  readonly pins?: readonly string[];
  readonly speaker?: string | null;
  readonly spotlight?: string | null;
  /** Ids of people with a raised hand, in the order of raising. */
  readonly hands?: readonly string[];
  readonly hideMe?: boolean;
  readonly uncropped?: boolean;
  readonly corner?: Corner;
  /** Height that captions keep for themselves, px; 0 while they are off. */
  readonly captions?: number;
}

const CORNER_INSET = 12;
const NARROW = 600;
const WIDE = 16 / 9;

type Options = PageOptions & { readonly gap: number };

function optionsFor({ space, pixelRatio, uncropped }: Scene): Options {
  const phone = { gap: 6, minWidth: 150, cap: 8, pixelRatio };
  const desk = { gap: 8, minWidth: 168, cap: 49, pixelRatio };
  const aspectMin = space.height > space.width ? 3 / 4 : 4 / 3;
  return { ...(space.width < NARROW ? phone : desk), aspectMin: uncropped ? WIDE : aspectMin };
}

/** Where everybody is on the stage now. Pure: the same scene gives the same picture. */
export function arrange(scene: Scene): Arrangement {
  const { space, captions = 0 } = scene;
  if (captions === 0) return arrangeIn(scene);
  const { width } = space;
  const height = Math.max(0, space.height - captions);
  const placed = arrangeIn({ ...scene, space: { width, height } });
  const large = placed.share !== null || placed.tiles.some(({ main }) => main);
  if (!large || placed.held.edge !== 'bottom') return { ...placed, captions: { x: 0, y: height, width, height: captions } };
  const lower = (box: Box): Box => ({ ...box, y: box.y + captions });
  const strip = placed.tiles.filter(({ main }) => !main);
  return {
    ...placed,
    tiles: placed.tiles.map((tile) => (tile.main ? tile : { ...tile, box: lower(tile.box) })),
    more: placed.more && lower(placed.more),
    captions: { x: 0, y: strip[0]?.box.y ?? height, width, height: captions },
  };
}

function arrangeIn(scene: Scene): Arrangement {
  const { space, seats, people, pins = [], speaker = null, spotlight, layout = 'grid', shareAspect } = scene;
  const everybody = inSeats(seats, people);
  const others = everybody.filter(({ me }) => !me);
  const seated = scene.hideMe && others.length > 0 ? others : everybody;
  const nothing = { tiles: [], share: null, page: 0, pages: 1, perPage: seated.length || 1, hidden: 0, more: null, captions: null, front: [], beyond: [], held: scene.held };
  if (space.width <= 0 || space.height <= 0 || seated.length === 0) return nothing;
  const options = optionsFor(scene);
  const mains = mainsOf({ seated, seats, sharing: shareAspect !== null, layout, pins, speaker, spotlight });
  if (mains.length > 0) return arrangeMains(scene, seated, mains, options.gap);

  const [first, second] = seated;
  if (seated.length === 2 && first && second) {
    const [me, other] = first.me ? [first, second] : [second, first];
    if (me.me) return { ...nothing, ...arrangePair(me, other, scene, options), perPage: 2 };
  }
  return { ...nothing, ...arrangeGrid(scene, seated, options) };
}

const handIn = ({ hands = [] }: Scene) => (person: Person) => hands.indexOf(userOf(person.identity)) + 1;

function arrangeGrid(scene: Scene, seated: readonly Person[], options: Options): Partial<Arrangement> {
  const { space } = scene;
  const { pages, perPage } = pagesFor(seated.length, space, options);
  const page = Math.min(Math.max(0, scene.page), pages - 1);
  // On one page everybody is seen: hands need not move anybody.
  const ordered = pages > 1 ? handsFirst(seated, handIn(scene)) : seated;
  const shown = ordered.slice(page * perPage, (page + 1) * perPage);
  // The last page may hold fewer; its tiles stay as large as those of the page before.
  const grid = settleGrid(scene.held.columns, Math.min(perPage, seated.length), space, options);
  if (!grid) return {};
  const boxes = placeGrid(grid, shown.length, space, options.gap);
  return {
    tiles: seat(shown, boxes),
    page,
    pages,
    perPage,
    // A raised hand keeps its place.
    front: ordered.slice(0, perPage).filter((person) => handIn(scene)(person) === 0),
    beyond: ordered.slice(perPage),
    held: { ...scene.held, columns: grid.columns },
  };
}

const seat = (people: readonly Person[], boxes: readonly Box[]): PlacedTile[] =>
  people.flatMap((person, index) => {
    const box = boxes[index];
    return box ? [{ person, box }] : [];
  });

function arrangePair(me: Person, other: Person, { space, corner }: Scene, options: PageOptions): { tiles: PlacedTile[] } {
  const grid = fitGrid(1, space, options);
  const box = grid ? placeGrid(grid, 1, space)[0] : undefined;
  if (!box) return { tiles: [] };
  const small = cornerBox(box, CORNER_INSET, corner);
  return {
    tiles: [
      { person: other, box },
      { person: me, box: { ...small, x: box.x + small.x, y: box.y + small.y }, corner: true },
    ],
  };
}

function arrangeMains(scene: Scene, seated: readonly Person[], mains: readonly Main[], gap: number): Arrangement {
  const { space, shareAspect, held, seats } = scene;
  const large = mains.filter((main) => main !== 'share');
  const rest = seated.filter((person) => !large.includes(person));
  const aspects = mains.map((main) => (main === 'share' ? (shareAspect ?? WIDE) : WIDE));
  const edge = held.mains === mains.length ? held.edge : 'none';
  const placed = placeStage(rest.length, space, { gap, aspects, held: edge });
  const { strip } = placed;
  const more = rest.length > strip.length && strip.length > 1 ? (strip.at(-1) ?? null) : null;
  const shown = chooseForStrip(seats, rest, strip.length - (more ? 1 : 0), handIn(scene));
  const tiles = mains.flatMap((main, index) => {
    const box = placed.mains[index];
    return main !== 'share' && box ? [{ person: main, box, main: true }] : [];
  });
  return {
    tiles: [...tiles, ...seat(shown, strip)],
    share: placed.mains[mains.indexOf('share')] ?? null,
    page: 0,
    pages: 1,
    perPage: seated.length,
    hidden: rest.length - shown.length,
    more,
    captions: null,
    front: [],
    beyond: [],
    held: { ...held, edge: placed.edge, mains: mains.length },
  };
}
