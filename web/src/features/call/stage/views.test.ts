import { describe, expect, it } from 'vitest';
import { makePerson } from '../session/people.testkit';
import type { Person } from '../session/types';
import { arrange, type Scene } from './arrange';
import { floatsReducer, MOST_FLOATS } from './floats';
import { placeStage } from './layout';
import { mainsOf } from './mains';
import { noSeats, seatsReducer } from './seats';
import { fitOf } from './Tile';
import { tileTowards } from './walkTiles';

const crowd = (count: number, change: (index: number) => Partial<Person> = () => ({})) =>
  Array.from({ length: count }, (_, index) => makePerson(`p${index}`, { joinedAt: index, ...change(index) }));
const names = (list: readonly ('share' | Person)[]) => list.map((one) => (one === 'share' ? one : one.identity));
const scene = (people: readonly Person[], change: Partial<Scene> = {}): Scene => ({
  people,
  seats: seatsReducer(noSeats, { type: 'people', people, now: 1 }),
  space: { width: 1424, height: 772 },
  shareAspect: null,
  page: 0,
  held: { columns: 0, edge: 'none' },
  pixelRatio: 1,
  ...change,
});

describe('mainsOf', () => {
  const seated = crowd(4, (index) => ({ me: index === 0 }));
  const wish = { seated, seats: noSeats, sharing: false, layout: 'grid', pins: [], speaker: null } as const;

  it.each([
    ['nobody in a grid', {}, []],
    ['who speaks', { layout: 'speaker', speaker: 'p2' }, ['p2']],
    ['the first of the others while nobody spoke', { layout: 'speaker' }, ['p1']],
    ['a pin, whoever speaks', { layout: 'speaker', speaker: 'p2', pins: ['p3'] }, ['p3']],
    ['two pins', { pins: ['p3', 'p1'] }, ['p3', 'p1']],
    ['two voices', { layout: 'side', speaker: 'p3' }, ['p3', 'p1']],
    ['a pin and a voice', { layout: 'side', pins: ['p1'], speaker: 'p1' }, ['p1', 'p2']],
    ['whom a host shows to everybody', { spotlight: 'p2', layout: 'speaker', speaker: 'p1' }, ['p2']],
    ['my own pin before a spotlight', { spotlight: 'p2', pins: ['p3'] }, ['p3']],
    ['nobody while the spotlight is on me', { spotlight: 'p0' }, []],
    ['a share and the spotlight', { sharing: true, spotlight: 'p2' }, ['share', 'p2']],
    ['a share', { sharing: true }, ['share']],
    ['a share and a pin', { sharing: true, pins: ['p2', 'p3'] }, ['share', 'p2']],
    ['a share and a voice', { sharing: true, layout: 'side', speaker: 'p3' }, ['share', 'p3']],
  ] as const)('gives a large place to %s', (_, change, expected) => {
    expect(names(mainsOf({ ...wish, ...change }))).toEqual(expected);
  });
});

describe('placeStage', () => {
  it('gives two large pictures equal seats beside each other, apart from the strip', () => {
    const { mains, strip } = placeStage(3, { width: 1424, height: 772 }, { aspects: [16 / 9, 16 / 9] });
    const [left, right] = mains;
    expect([left?.width, left?.height]).toEqual([right?.width, right?.height]);
    for (const tile of strip) {
      for (const main of mains) {
        const apart = tile.x >= main.x + main.width || tile.y >= main.y + main.height || tile.x + tile.width <= main.x;
        expect(apart).toBe(true);
      }
    }
  });
});

describe('arrange', () => {
  it('hides me when I wish so, and never leaves the stage empty', () => {
    const people = crowd(3, (index) => ({ me: index === 0 }));
    expect(arrange(scene(people, { hideMe: true })).tiles.map(({ person }) => person.identity)).toEqual(['p1', 'p2']);
    expect(arrange(scene(people.slice(0, 1), { hideMe: true })).tiles).toHaveLength(1);
  });

  it('brings raised hands to the first page, and moves nobody while there is one page', () => {
    const space = { width: 378, height: 660 };
    const first = (count: number) => arrange(scene(crowd(count), { space, hands: [`p${count - 1}`] })).tiles[0]?.person.identity;
    expect(first(6)).toBe('p0');
    expect(first(20)).toBe('p19');
  });

  it('tells who could give up a place on the first page and who has none there; neither me, hidden, nor a raised hand', () => {
    const people = crowd(20, (index) => ({ me: index === 0 }));
    const { front, beyond, perPage } = arrange(scene(people, { space: { width: 378, height: 660 }, hideMe: true, hands: ['p19'] }));
    expect(names(front)).toEqual(people.slice(1, perPage).map(({ identity }) => identity));
    expect(names(beyond)).toEqual(people.slice(perPage, 19).map(({ identity }) => identity));
    expect(arrange(scene(people)).beyond).toEqual([]);
  });

  it('shows a picture whole where a tile would cut heads', () => {
    expect(fitOf(9 / 16, 16 / 9)).toBe('contain');
    expect(fitOf(4 / 3, 16 / 9)).toBe('cover');
    expect(fitOf(16 / 9, 3 / 4)).toBe('cover');
    expect(fitOf(0, 16 / 9)).toBe('cover');
  });

  it('keeps 16:9 exactly where pictures are shown whole', () => {
    const [tile] = arrange(scene(crowd(3), { space: { width: 1000, height: 1000 }, uncropped: true })).tiles;
    expect((tile?.box.width ?? 0) / (tile?.box.height ?? 1)).toBeCloseTo(16 / 9, 2);
  });

  it.each([
    ['a tall window, however wide', 800, 1200, 3 / 4],
    ['a stage that is wider than high, however narrow', 590, 560, 4 / 3],
  ])('gives tiles of %s their shape', (_, width, height, expected) => {
    const people = crowd(4);
    const [tile] = arrange(scene(people, { space: { width, height } })).tiles;
    expect((tile?.box.width ?? 0) / (tile?.box.height ?? 1)).toBeCloseTo(expected, 1);
  });

  it('does not hold an edge that was chosen for another number of large pictures', () => {
    const held = { columns: 0, edge: 'end', mains: 1 } as const;
    const people = crowd(3, (index) => ({ me: index === 0 }));
    const { tiles } = arrange(scene(people, { layout: 'side', held, space: { width: 1408, height: 773 } }));
    expect(tiles[0]?.box.y).toBe(tiles[1]?.box.y);
  });
});

describe('seats', () => {
  it('put whoever shows a picture first, on a turned page only', () => {
    const people = crowd(4, (index) => ({ cameraOn: index > 1 }));
    const seats = seatsReducer(noSeats, { type: 'people', people, now: 1 });
    expect(seats.order).toEqual(['p0', 'p1', 'p2', 'p3']);
    expect(seatsReducer(seats, { type: 'reseat', people }).order).toEqual(['p2', 'p3', 'p0', 'p1']);
  });
});

describe('tileTowards', () => {
  const at = (x: number, y: number) => ({ x, y, width: 100, height: 60 });
  const boxes = [at(0, 0), at(110, 0), at(0, 70), at(110, 70)];

  it.each([
    [0, 'right', false, 1],
    [0, 'down', false, 2],
    [3, 'up', false, 1],
    [3, 'left', false, 2],
    [1, 'right', false, -1],
    [0, 'left', true, 1],
  ] as const)('goes from %i %s (from the right: %s) to %i', (from, direction, rtl, expected) => {
    expect(tileTowards(boxes, from, direction, rtl)).toBe(expected);
  });
});

describe('floatsReducer', () => {
  it('shows twelve at most, the newest', () => {
    const reaction = { userId: 'a', name: 'A', emoji: '👍' };
    const many = Array.from({ length: 15 }, (_, id) => ({ type: 'rise', reaction, id }) as const).reduce(floatsReducer, []);
    expect(many).toHaveLength(MOST_FLOATS);
    expect(many.at(-1)?.id).toBe(14);
    expect(floatsReducer(many, { type: 'gone', id: 99 })).toBe(many);
  });
});

describe('the line of captions', () => {
  const apart = (a: { y: number; height: number }, b: { y: number; height: number }) => a.y + a.height <= b.y || b.y + b.height <= a.y;

  it.each([
    ['a grid', crowd(9), {}],
    ['two people', crowd(2, (index) => ({ me: index === 0 })), {}],
    ['a share with its strip beside it', crowd(5), { shareAspect: 4 / 3 }],
    ['a share with its strip below it', crowd(5), { shareAspect: 21 / 9 }],
    ['a speaker', crowd(5), { layout: 'speaker' }],
  ] as const)('covers nothing of %s', (_, people, change) => {
    const { captions, tiles, share } = arrange(scene(people, { ...change, captions: 60 }));
    if (!captions) throw new Error('no line');
    expect(captions.height).toBe(60);
    expect(captions.y + captions.height).toBeLessThanOrEqual(772);
    const besideIt = tiles.filter(({ box, corner }) => !corner && !apart(box, captions));
    expect(besideIt).toEqual([]);
    if (share) expect(apart(share, captions)).toBe(true);
  });

  it('lies between a share and the strip below it', () => {
    const { captions, tiles, share } = arrange(scene(crowd(5), { shareAspect: 21 / 9, captions: 60 }));
    expect(share && captions && share.y + share.height <= captions.y).toBe(true);
    for (const { box } of tiles) expect(box.y).toBeGreaterThanOrEqual((captions?.y ?? 0) + 60);
  });

  it('takes no room while they are off', () => {
    expect(arrange(scene(crowd(9), { captions: 0 }))).toEqual(arrange(scene(crowd(9))));
  });
});
