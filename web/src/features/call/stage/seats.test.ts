import { describe, expect, it } from 'vitest';
import { makePerson } from '../session/people.testkit';
import type { Person } from '../session/types';
import { arrange, type Scene } from './arrange';
import { chooseForStrip, inSeats, noSeats, seatsReducer, type Seats } from './seats';

const crowd = (count: number, change: (index: number) => Partial<Person> = () => ({})) =>
  Array.from({ length: count }, (_, index) => makePerson(`p${index}`, { joinedAt: index, ...change(index) }));
const seat = (seats: Seats, people: readonly Person[], now = 1000) => seatsReducer(seats, { type: 'people', people, now });

describe('seats', () => {
  it('are given in order of joining, whatever the order of the list', () => {
    const [a, b, c] = crowd(3);
    if (!a || !b || !c) return expect.fail();
    expect(seat(noSeats, [c, a, b]).order).toEqual(['p0', 'p1', 'p2']);
  });

  it('are kept when somebody earlier comes late, and close up when somebody leaves', () => {
    const first = seat(noSeats, crowd(3).slice(1));
    const then = seat(first, crowd(3));
    expect(then.order).toEqual(['p1', 'p2', 'p0']);
    expect(seat(then, crowd(3).slice(0, 2)).order).toEqual(['p1', 'p0']);
  });

  it('stay the same object while nothing happens', () => {
    const seats = seat(noSeats, crowd(2));
    expect(seat(seats, crowd(2))).toBe(seats);
  });

  it('give a voice from another page the seat of who was silent longest', () => {
    let seats = seat(noSeats, crowd(6));
    seats = seat(seats, crowd(6, (index) => ({ speaking: index === 0 })), 2000);
    seats = seat(seats, crowd(6, (index) => ({ speaking: index === 2 })), 3000);
    const moved = seatsReducer(seats, { type: 'promote', identity: 'p4', front: ['p0', 'p1', 'p2'] });
    expect(moved.order).toEqual(['p0', 'p4', 'p2', 'p3', 'p1', 'p5']);
    expect(seatsReducer(seats, { type: 'promote', identity: 'p1', front: ['p0', 'p1', 'p2'] })).toBe(seats);
    expect(seatsReducer(seats, { type: 'promote', identity: 'p4', front: [] })).toBe(seats);
    expect(seatsReducer({ ...seats, heardAt: {} }, { type: 'promote', identity: 'p4', front: ['p2', 'p1', 'p0'] }).order[0]).toBe('p4');
    expect(seatsReducer(seats, { type: 'promote', identity: 'nobody', front: ['p0', 'p1', 'p2'] })).toBe(seats);
  });

  it('put those without a seat last', () => {
    const people = crowd(3);
    expect(inSeats({ order: ['p2'], heardAt: {} }, people).map(({ identity }) => identity)).toEqual(['p2', 'p0', 'p1']);
  });

  it('choose for a short strip who was heard last, in the order of the seats', () => {
    const people = crowd(5);
    const seats = { order: people.map(({ identity }) => identity), heardAt: { p4: 9, p1: 5, p3: 1 } };
    expect(chooseForStrip(seats, people, 2).map(({ identity }) => identity)).toEqual(['p1', 'p4']);
    expect(chooseForStrip(seats, people, 5)).toEqual(people);
  });
});

describe('arrange', () => {
  const scene = (people: readonly Person[], change: Partial<Scene> = {}): Scene => ({
    people,
    seats: seat(noSeats, people),
    space: { width: 1200, height: 700 },
    shareAspect: null,
    page: 0,
    held: { columns: 0, edge: 'none' },
    pixelRatio: 1,
    ...change,
  });

  it('shows nothing before the stage is measured', () => {
    expect(arrange(scene(crowd(3), { space: { width: 0, height: 0 } })).tiles).toEqual([]);
  });

  it('puts me into a corner of the only other one', () => {
    const { tiles } = arrange(scene(crowd(2, (index) => ({ me: index === 0 }))));
    expect(tiles.map(({ person, corner }) => [person.identity, corner])).toEqual([
      ['p1', undefined],
      ['p0', true],
    ]);
    const [other, mine] = tiles;
    if (!other || !mine) return expect.fail();
    expect(mine.box.width).toBe(160);
    expect(mine.box.x + mine.box.width).toBeLessThanOrEqual(other.box.x + other.box.width);
  });

  it('gives everybody a tile in the grid from three on', () => {
    const { tiles, pages } = arrange(scene(crowd(9, (index) => ({ me: index === 8 }))));
    expect(tiles).toHaveLength(9);
    expect(pages).toBe(1);
    expect(tiles.some(({ corner }) => corner)).toBe(false);
  });

  it('turns pages and keeps the size of tiles on the last one', () => {
    const people = crowd(11);
    const space = { width: 378, height: 660 };
    const first = arrange(scene(people, { space }));
    const last = arrange(scene(people, { space, page: 99 }));
    expect([first.page, first.pages, first.tiles.length, last.page, last.tiles.length]).toEqual([0, 2, 6, 1, 5]);
    expect(last.tiles[0]?.box.width).toBe(first.tiles[0]?.box.width);
  });

  it('shows a share large with everybody beside it', () => {
    const { share, tiles, hidden, more } = arrange(scene(crowd(3), { shareAspect: 16 / 9 }));
    expect(share?.width).toBeGreaterThan(900);
    expect([tiles.length, hidden, more]).toEqual([3, 0, null]);
  });

  it('keeps the last seat of a crowded strip for the number of the others', () => {
    const { tiles, hidden, more } = arrange(scene(crowd(40), { shareAspect: 16 / 9 }));
    expect(tiles.length + hidden).toBe(40);
    expect(more).not.toBeNull();
    expect(tiles.some(({ box }) => box.x === more?.x && box.y === more.y)).toBe(false);
  });
});
