import { describe, expect, it } from 'vitest';
import { cornerBox, fitGrid, pagesFor, placeGrid, placeSpeaker, settleGrid, type Box, type GridOptions } from './layout';

/** Park and Miller's generator: the same cases on every run. */
function randomFrom(seed: number) {
  let state = seed;
  return (low: number, high: number) => {
    state = (state * 16807) % 2147483647;
    return low + (state % (high - low));
  };
}

/** Every columns x rows that holds the tiles, with no rule left out because it is never better. */
function bruteForce(count: number, width: number, height: number, options: GridOptions) {
  const { gap = 8, aspectMin = 16 / 9, aspectMax = 16 / 9 } = options;
  let best = 0;
  for (let columns = 1; columns <= count; columns++) {
    for (let rows = 1; rows <= count; rows++) {
      if (columns * rows < count) continue;
      const cellWidth = (width - (columns - 1) * gap) / columns;
      const cellHeight = (height - (rows - 1) * gap) / rows;
      if (cellWidth <= 0 || cellHeight <= 0) continue;
      const aspect = Math.min(aspectMax, Math.max(aspectMin, cellWidth / cellHeight));
      best = Math.max(best, Math.min(cellWidth, cellHeight * aspect) * Math.min(cellHeight, cellWidth / aspect));
    }
  }
  return best;
}

const overlaps = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const counts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 16, 17, 20, 25, 31, 36, 42, 49];

describe.each([
  ['16:9 only', {}],
  ['cropping to 4:3', { aspectMin: 4 / 3 }],
  ['phone', { aspectMin: 3 / 4, gap: 6 }],
  ['two device pixels each', { pixelRatio: 2 }],
] as const)('fitGrid, %s', (_, options: GridOptions) => {
  it('is as large as brute force finds, within the 1 % tie and one pixel', () => {
    const random = randomFrom(7);
    for (let round = 0; round < 300; round++) {
      for (const count of counts) {
        const space = { width: random(200, 2600), height: random(200, 1500) };
        const grid = fitGrid(count, space, options);
        const best = bruteForce(count, space.width, space.height, options);
        if (!grid) {
          expect(best).toBe(0);
          continue;
        }
        // Sizes are floored to device pixels, so one pixel in each direction may be missing.
        const area = (grid.width + 1) * (grid.height + 1);
        if (area < best * 0.98) expect.fail(`${count} in ${space.width}x${space.height}: ${area} < ${best}`);
      }
    }
  });

  it('lays tiles inside of the space and beside each other', () => {
    const random = randomFrom(11);
    for (let round = 0; round < 100; round++) {
      for (const count of counts) {
        const space = { width: random(300, 2600), height: random(300, 1500) };
        const grid = fitGrid(count, space, options);
        if (!grid || grid.width < 4) continue;
        const boxes = placeGrid(grid, count, space, options.gap);
        expect(boxes).toHaveLength(count);
        for (const [index, box] of boxes.entries()) {
          const out =
            box.x < -1 || box.y < -1 || box.x + box.width > space.width + 1 || box.y + box.height > space.height + 1;
          if (out || boxes.slice(index + 1).some((other) => overlaps(box, other))) {
            expect.fail(`${count} in ${space.width}x${space.height}: tile ${index} at ${JSON.stringify(box)}`);
          }
        }
      }
    }
  });
});

describe('fitGrid', () => {
  it.each([
    [2, 2, 1, 708, 398],
    [4, 2, 2, 679, 382],
    [6, 3, 2, 469, 264],
    [9, 3, 3, 448, 252],
    [16, 4, 4, 332, 187],
    [25, 5, 5, 263, 148],
    [49, 7, 7, 183, 103],
  ])('gives %i people %ix%i tiles of %ix%i on a desk', (count, columns, rows, width, height) => {
    const grid = fitGrid(count, { width: 1424, height: 772 });
    expect(grid).toMatchObject({ columns, rows });
    expect(Math.abs((grid?.width ?? 0) - width)).toBeLessThanOrEqual(1);
    expect(Math.abs((grid?.height ?? 0) - height)).toBeLessThanOrEqual(1);
  });

  it('stacks two people on a phone and gives six 2x3', () => {
    const phone = { aspectMin: 3 / 4, gap: 6 };
    expect(fitGrid(2, { width: 378, height: 660 }, phone)).toMatchObject({ columns: 1, rows: 2 });
    expect(fitGrid(6, { width: 378, height: 660 }, phone)).toMatchObject({ columns: 2, rows: 3, width: 186, height: 216 });
  });

  it.each([
    [0, 100, 100],
    [3, 0, 100],
    [9, 10, 10],
  ])('gives nothing for %i tiles in %ix%i', (count, width, height) => {
    expect(fitGrid(count, { width, height })).toBeNull();
  });
});

describe('placeGrid', () => {
  it('centres the last row', () => {
    const space = { width: 1424, height: 772 };
    const grid = fitGrid(5, space);
    if (!grid) return expect.fail('no grid');
    const boxes = placeGrid(grid, 5, space);
    const last = boxes.slice(3);
    const start = last[0]?.x ?? 0;
    const end = (last[1]?.x ?? 0) + grid.width;
    expect(grid.columns).toBe(3);
    expect(Math.abs(start - (space.width - end))).toBeLessThanOrEqual(1);
  });
});

describe('settleGrid', () => {
  const space = { width: 1000, height: 600 };
  const areaWith = (columns: number) => {
    const rows = Math.ceil(3 / columns);
    const width = Math.min((1000 - (columns - 1) * 8) / columns, (((600 - (rows - 1) * 8) / rows) * 16) / 9);
    return (width * width * 9) / 16;
  };

  it('keeps the columns while the others win by less than 6 %', () => {
    const best = fitGrid(3, space);
    expect(best?.columns).toBe(2);
    expect(settleGrid(2, 3, space)?.columns).toBe(2);
    // Narrow the space until three columns would be best by a hair: two stay.
    let width = 1000;
    while (fitGrid(3, { width, height: 240 })?.columns === 3) width -= 1;
    const near = { width: width + 1, height: 240 };
    expect(fitGrid(3, near)?.columns).toBe(3);
    expect(settleGrid(2, 3, near)?.columns).toBe(2);
  });

  it('gives way when another count is clearly larger', () => {
    expect(areaWith(2)).toBeGreaterThan(areaWith(3) * 1.06);
    expect(settleGrid(3, 3, space)?.columns).toBe(2);
  });

  it('forgets a count that no longer makes sense', () => {
    expect(settleGrid(7, 3, space)).toEqual(fitGrid(3, space));
  });
});

describe('pagesFor', () => {
  it.each([
    [1, 1424, 772, {}, 1, 1],
    [49, 1424, 772, {}, 1, 49],
    [50, 1424, 772, {}, 2, 25],
    [9, 378, 660, { aspectMin: 3 / 4, gap: 6, minWidth: 150, cap: 8 }, 2, 5],
    [3, 0, 0, {}, 3, 1],
  ])('splits %i people in %ix%i evenly', (count, width, height, options, pages, perPage) => {
    expect(pagesFor(count, { width, height }, options)).toEqual({ pages, perPage });
  });
});

describe('placeSpeaker', () => {
  it('puts the strip beside on a wide stage and below on a tall one', () => {
    expect(placeSpeaker(4, { width: 1424, height: 640 }).edge).toBe('end');
    expect(placeSpeaker(4, { width: 700, height: 900 }).edge).toBe('bottom');
    expect(placeSpeaker(0, { width: 700, height: 900 })).toMatchObject({ edge: 'none', strip: [] });
  });

  it('keeps everything apart and inside, and the main at its aspect', () => {
    const random = randomFrom(3);
    for (let round = 0; round < 2000; round++) {
      const space = { width: random(320, 2600), height: random(240, 1500) };
      const aspect = random(50, 250) / 100;
      const { main, strip } = placeSpeaker(random(1, 12), space, { aspect });
      expect(strip.length).toBeGreaterThan(0);
      expect(main.width / main.height).toBeCloseTo(aspect, 1);
      for (const box of [main, ...strip]) {
        const out = box.x < 0 || box.y < 0 || box.x + box.width > space.width + 1 || box.y + box.height > space.height + 1;
        if (out) expect.fail(`${JSON.stringify(space)} ${JSON.stringify(box)}`);
      }
      if (strip.some((box) => overlaps(box, main))) expect.fail(`strip over main in ${JSON.stringify(space)}`);
    }
  });

  it('holds the edge until the other wins by 6 %', () => {
    let height = 400;
    while (placeSpeaker(3, { width: 1200, height }).edge === 'end') height += 1;
    expect(placeSpeaker(3, { width: 1200, height }, { held: 'end' }).edge).toBe('end');
    expect(placeSpeaker(3, { width: 1200, height: height + 120 }, { held: 'end' }).edge).toBe('bottom');
  });
});

describe('cornerBox', () => {
  it('is 160x90 at the end of the stage, smaller on a narrow one', () => {
    expect(cornerBox({ width: 1000, height: 600 })).toEqual({ x: 832, y: 502, width: 160, height: 90 });
    expect(cornerBox({ width: 300, height: 500 }).width).toBe(100);
  });
});
