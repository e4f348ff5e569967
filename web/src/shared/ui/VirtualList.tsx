// Heights come from the page, not from React: rows are measured after they are drawn and drawn once more when that
// changes where they stand. These rules are about state that could have been computed instead.
/* eslint-disable react-hooks/preserve-manual-memoization, react-hooks/exhaustive-deps */
import { memo, useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { layoutOf, rangeOf, rowAt, type Layout, type Range } from '@/shared/lib/virtual';

const OVERSCAN = 600;
const MOST_ROWS = 80;
const GUESS = 56;
/** So near the end counts as at the end. */
const END_PX = 48;
const NEAR_PX = 800;

export interface ListHandle {
  readonly toEnd: () => void;
  /** Brings a row to the middle. False when there is no such row. */
  readonly toRow: (key: string) => boolean;
  /** Gives the focus to what stands in a row, as soon as the row is drawn. */
  readonly focusRow: (key: string) => void;
}

interface Props<Row extends { readonly key: string }> {
  rows: readonly Row[];
  render: (row: Row) => ReactNode;
  label: string;
  /** New rows at the end are announced, and followed, only while the end is on screen. */
  onAtEnd?: (atEnd: boolean) => void;
  /** The first row on screen, whenever somebody scrolls. */
  onTop?: (key: string) => void;
  onNearStart?: () => void;
  onNearEnd?: () => void;
  /** Rows go on after the last one: the end of the list is then not the end of all. */
  openEnd?: boolean;
  /** Long lists begin at their end, short ones where they begin. */
  from?: 'start' | 'end';
  onKeyDown?: (event: KeyboardEvent<HTMLDivElement>) => void;
  /** What comes is announced: only while its end is on screen, or scrolling would read the list aloud. */
  live?: boolean;
  handle?: Ref<ListHandle>;
  className?: string;
}

interface Anchor {
  readonly key: string;
  /** From the top of the view to the top of the row. */
  readonly offset: number;
}

const RowBox = memo(function RowBox({ id, children }: { id: string; children: ReactNode }) {
  return <div data-row={id}>{children}</div>;
});

/**
 * A list of which only what is on screen, and a little around, is in the page. Rows have any height. Whatever loads
 * above or grows, the row that one reads keeps its place; at the end, the end keeps its place.
 */
export function VirtualList<Row extends { readonly key: string }>(props: Props<Row>) {
  const { rows, render, label, onAtEnd, onTop, onNearStart, onNearEnd, openEnd = false, from = 'end', onKeyDown, live = false, handle, className = '' } = props;
  const box = useRef<HTMLDivElement>(null);
  const heights = useRef(new Map<string, number>());
  const width = useRef(0);
  const anchor = useRef<Anchor | null>(null);
  const stick = useRef(from === 'end');
  /** Sizes at the last look: a scroll with others is the browser's own. */
  const settled = useRef('');
  const [drawn, redraw] = useState(0);
  /** Rows were measured and stand elsewhere now: until that is drawn, where the view is means nothing. */
  const moving = useRef(false);
  /** The row that is to have the focus once it is there. */
  const wanted = useRef<string | null>(null);
  const [view, setView] = useState({ top: from === 'end' ? Number.MAX_SAFE_INTEGER : 0, height: 800 });

  const keys = rows.map(({ key }) => key);
  // Heights are measured, not computed: they live outside of React and `redraw` tells of changes.
  // eslint-disable-next-line react-hooks/refs
  const layout = layoutOf(keys, heights.current, GUESS);
  const top = Math.min(view.top, Math.max(0, layout.total - view.height));
  const range = rangeOf(layout, top, view.height, OVERSCAN, MOST_ROWS);
  const latest = useRef<{ keys: readonly string[]; layout: Layout; range: Range }>({ keys, layout, range });
  useLayoutEffect(() => {
    latest.current = { keys, layout, range };
  });

  const look = useCallback(() => {
    const element = box.current;
    if (!element) return;
    const { scrollTop, clientHeight, scrollHeight, clientWidth } = element;
    const size = `${clientWidth} ${clientHeight} ${scrollHeight}`;
    if (size !== settled.current && stick.current) {
      // The list changed its size, nobody scrolled: the end stays the end.
      settled.current = size;
      element.scrollTop = scrollHeight;
      return;
    }
    settled.current = size;
    const atEnd = scrollHeight - scrollTop - clientHeight < END_PX;
    stick.current = atEnd && !openEnd && from === 'end';
    onAtEnd?.(atEnd && !openEnd);
    const { keys: now, layout: place } = latest.current;
    const index = rowAt(place, scrollTop);
    const key = now[index];
    if (key !== undefined) {
      anchor.current = { key, offset: (place.tops[index] ?? 0) - scrollTop };
      onTop?.(key);
    }
    setView((old) => (Math.abs(old.top - scrollTop) < 100 && old.height === clientHeight ? old : { top: scrollTop, height: clientHeight }));
    if (scrollTop < NEAR_PX) onNearStart?.();
    if (openEnd && scrollHeight - scrollTop - clientHeight < NEAR_PX) onNearEnd?.();
  }, [openEnd, from, onAtEnd, onTop, onNearStart, onNearEnd]);

  /** Puts the view back to where it was, after rows came or changed their heights. */
  const settle = useCallback(() => {
    const element = box.current;
    if (!element) return;
    if (stick.current) {
      element.scrollTop = element.scrollHeight;
      return;
    }
    const held = anchor.current;
    const index = held ? latest.current.keys.indexOf(held.key) : -1;
    if (!held || index < 0) return;
    const wanted = (latest.current.layout.tops[index] ?? 0) - held.offset;
    if (Math.abs(element.scrollTop - wanted) > 0.5) element.scrollTop = wanted;
  }, []);

  const measure = useCallback(() => {
    const element = box.current;
    if (!element) return false;
    if (element.clientWidth !== width.current) {
      // Another width, other heights: those not on screen are guessed anew when they come.
      if (width.current !== 0) heights.current.clear();
      width.current = element.clientWidth;
    }
    let changed = false;
    for (const row of element.querySelectorAll<HTMLElement>('[data-row]')) {
      const key = row.dataset.row ?? '';
      const height = row.getBoundingClientRect().height;
      if (height > 0 && Math.abs((heights.current.get(key) ?? -1) - height) > 0.25) {
        heights.current.set(key, height);
        changed = true;
      }
    }
    return changed;
  }, []);

  const focusWanted = useCallback(() => {
    if (wanted.current === null) return;
    const drawnRows = [...(box.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const row = drawnRows.find(({ dataset }) => dataset.row === wanted.current);
    if (!row) return;
    wanted.current = null;
    row.querySelector<HTMLElement>('[tabindex]')?.focus({ preventScroll: true });
  }, []);

  useLayoutEffect(() => {
    moving.current = measure();
    if (moving.current) redraw((n) => n + 1);
    else settle();
    focusWanted();
  });
  useEffect(() => {
    if (!moving.current) look();
  }, [look, rows, drawn]);

  useEffect(() => {
    const element = box.current;
    const inner = element?.firstElementChild;
    if (!element || !inner) return;
    const observer = new ResizeObserver(() => {
      if (measure()) redraw((n) => n + 1);
      else settle();
    });
    observer.observe(element);
    observer.observe(inner);
    return () => observer.disconnect();
  }, [measure, settle]);

  useImperativeHandle(handle, () => ({
    toEnd: () => {
      stick.current = true;
      settle();
      look();
    },
    toRow: (key) => {
      const element = box.current;
      const index = latest.current.keys.indexOf(key);
      if (!element || index < 0) return false;
      stick.current = false;
      const offset = element.clientHeight * 0.35;
      anchor.current = { key, offset };
      setView({ top: Math.max(0, (latest.current.layout.tops[index] ?? 0) - offset), height: element.clientHeight });
      redraw((n) => n + 1);
      return true;
    },
    focusRow: (key) => {
      wanted.current = key;
      focusWanted();
    },
  }));

  const shown = rows.slice(range.first, range.last + 1);
  const before = layout.tops[range.first] ?? 0;
  const lastTop = layout.tops[range.last] ?? 0;
  // eslint-disable-next-line react-hooks/refs
  const after = Math.max(0, layout.total - lastTop - (heights.current.get(keys[range.last] ?? '') ?? (rows.length > 0 ? GUESS : 0)));
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys walk the rows
    <div
      ref={box}
      className={`list ${className}`}
      role="log"
      aria-label={label}
      aria-live={live ? 'polite' : 'off'}
      // Keys walk the rows; the list itself is a stop for those who scroll by keys.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onScroll={look}
      onKeyDown={onKeyDown}
    >
      <div className={`flex min-h-full flex-col ${from === 'end' ? 'justify-end' : ''}`}>
        <div style={{ blockSize: before, flex: 'none' }} />
        {shown.map((row) => (
          <RowBox key={row.key} id={row.key}>
            {render(row)}
          </RowBox>
        ))}
        <div style={{ blockSize: after, flex: 'none' }} />
      </div>
    </div>
  );
}
