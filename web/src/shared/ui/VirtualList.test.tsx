// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { VirtualList } from './VirtualList';

const HIGH = 100;
const VIEW = 500;

/** jsdom lays nothing out: rows are all of one height, and a list is as high as what stands in it. */
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function (this: HTMLElement) {
    return { height: this.dataset.row === undefined ? 0 : HIGH } as DOMRect;
  });
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(VIEW);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockImplementation(function (this: HTMLElement) {
    const spaces = [...this.querySelectorAll<HTMLElement>('div[style]')].map((space) => parseFloat(space.style.blockSize));
    return spaces.reduce((sum, space) => sum + space, this.querySelectorAll('[data-row]').length * HIGH);
  });
});

const rowsFrom = (first: number, end: number) => Array.from({ length: end - first }, (_, index) => ({ key: `r${first + index}` }));

function view(first: number, end: number) {
  return <VirtualList rows={rowsFrom(first, end)} render={({ key }) => key} label="All" />;
}

/** From the top of the view to the top of a row, as it is drawn. */
function placeOf(list: HTMLElement, key: string): number {
  const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')];
  const index = rows.findIndex((row) => row.dataset.row === key);
  expect(index, `${key} is drawn`).toBeGreaterThanOrEqual(0);
  const before = parseFloat(list.querySelector<HTMLElement>('div[style]')?.style.blockSize ?? '0');
  return before + index * HIGH - list.scrollTop;
}

describe('VirtualList', () => {
  it('keeps what one reads in its place when history loads above', () => {
    const { rerender } = render(view(100, 150));
    const list = screen.getByRole('log');
    list.scrollTop = 430;
    fireEvent.scroll(list);
    const before = placeOf(list, 'r104');
    rerender(view(50, 150));
    fireEvent.scroll(list);
    expect(Math.abs(placeOf(list, 'r104') - before)).toBeLessThanOrEqual(1);
  });

  it('stays at the end when something comes there', () => {
    const { rerender } = render(view(0, 50));
    const list = screen.getByRole('log');
    fireEvent.scroll(list);
    rerender(view(0, 51));
    fireEvent.scroll(list);
    expect(placeOf(list, 'r50')).toBeLessThanOrEqual(VIEW - HIGH);
  });

  it('draws a few rows of many', () => {
    render(view(0, 10_000));
    const list = screen.getByRole('log');
    list.scrollTop = 200_000;
    fireEvent.scroll(list);
    expect(list.querySelectorAll('[data-row]').length).toBeLessThanOrEqual(80);
  });
});
