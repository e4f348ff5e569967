import { useCallback, useEffect, useRef } from 'react';
import { useStore } from '@/shared/state/store';
import { FADE_MS, MARKS_MS } from '../marks/fading';
import { lastOf } from '../marks/sharesReducer';
import type { SharedScreen, Tool } from '../marks/types';
import { useShareRoom } from '../ShareContext';
import { intoSource, type Point } from '../view/viewport';
import { fitText, startPen, textMark, type Pen } from './pen';
import { inkOf, penStore } from './penReducer';

/** What was drawn is told so often: quick for the eye, and well below what the server takes from one person. */
const TELL_MS = 50;

const newId = (): string => crypto.randomUUID();

export interface Drawing {
  readonly tool: Tool | null;
  readonly begin: (at: Point) => void;
  readonly move: (at: Point) => void;
  readonly end: () => void;
  readonly write: (text: string, at: Point) => void;
}

/** My marks go some time after the last one, unless I keep them. Everybody sees the same: it is a clearing. */
function useFading(share: SharedScreen): void {
  const room = useShareRoom();
  const keep = useStore(penStore, (state) => state.keep);
  const last = room ? lastOf(share.strokes, room.me) : undefined;
  const mine = last && room?.store.getState().own.has(last.id) ? last : undefined;
  const { id } = share;
  useEffect(() => {
    if (!mine || keep || !room) return;
    const timer = setTimeout(() => room.clear(id, false), MARKS_MS - FADE_MS);
    return () => clearTimeout(timer);
  }, [room, id, mine, keep]);
}

/** Turns the hand's way over the source into strokes that everybody gets. */
export function useDrawing(share: SharedScreen): Drawing {
  const room = useShareRoom();
  const tool = useStore(penStore, (state) => state.tool);
  const pen = useRef<Pen | null>(null);
  const timer = useRef<ReturnType<typeof setInterval>>(undefined);
  const { id } = share;
  useFading(share);

  const tell = useCallback(
    (end: boolean) => {
      const part = pen.current?.take(end);
      if (part) room?.draw(id, part);
    },
    [room, id],
  );
  const end = useCallback(() => {
    clearInterval(timer.current);
    if (pen.current) tell(true);
    pen.current = null;
  }, [tell]);
  const begin = useCallback(
    (at: Point) => {
      if (!room || tool === null || tool === 'text') return;
      end();
      const color = inkOf(penStore.getState(), tool, room.me);
      pen.current = startPen({ tool, color, author: room.me, newId }, intoSource(at));
      tell(false);
      timer.current = setInterval(() => tell(false), TELL_MS);
    },
    [room, tool, end, tell],
  );
  const move = useCallback((at: Point) => pen.current?.move(intoSource(at)), []);
  const write = useCallback(
    (text: string, at: Point) => {
      const words = fitText(text);
      if (room && words) room.draw(id, textMark(words, intoSource(at), inkOf(penStore.getState(), 'text', room.me), room.me, newId()));
    },
    [room, id],
  );
  // Another tool, or the end of the share, ends the stroke in the hand.
  useEffect(() => end, [end, tool]);
  return { tool, begin, move, end, write };
}
