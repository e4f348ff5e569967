import { useEffect, useState, type RefObject } from 'react';

/** Lists up to this length stand in the page as they are. */
export const WHOLE = 60;
const AROUND = 12;

export interface RowWindow {
  readonly first: number;
  /** Behind the last one. */
  readonly end: number;
  readonly row: number;
}

/** Which of equally high rows are on screen, and some around, so that keys find their neighbours. */
export function windowOf(count: number, row: number, listTop: number, viewHeight: number): RowWindow {
  const first = Math.min(count, Math.max(0, Math.floor(-listTop / row) - AROUND));
  const end = Math.max(first, Math.min(count, Math.ceil((viewHeight - listTop) / row) + AROUND));
  return { first, end, row };
}

const whole = (count: number): RowWindow => ({ first: 0, end: count, row: 0 });

/** The part of a long list that is drawn; follows the scrolling of the box that it stands in. */
export function useRowWindow(list: RefObject<HTMLElement | null>, count: number, on: boolean): RowWindow {
  const [part, setPart] = useState<RowWindow>({ first: 0, end: WHOLE, row: 32 });
  useEffect(() => {
    const element = list.current;
    const box = element?.closest<HTMLElement>('.side-scroll');
    if (!on || !element || !box) return;
    const look = () => {
      const row = element.querySelector<HTMLElement>('[data-room]')?.offsetHeight ?? 32;
      const top = element.getBoundingClientRect().top - box.getBoundingClientRect().top;
      const next = windowOf(count, row > 0 ? row : 32, top, box.clientHeight);
      setPart((old) => (old.first === next.first && old.end === next.end && old.row === next.row ? old : next));
    };
    look();
    box.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(box);
    return () => {
      box.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [list, count, on]);
  if (!on) return whole(count);
  return { ...part, end: Math.min(part.end, count), first: Math.min(part.first, count) };
}
