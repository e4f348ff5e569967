import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useI18n } from '@/shared/i18n';
import type { SharedScreen } from '../marks/types';
import type { ShareRoom } from '../ShareContext';
import { intoSource, type Point } from '../view/viewport';
import { createDoubleEscape, keyInput, moveInput } from './input';

interface Props {
  share: SharedScreen;
  room: ShareRoom;
  name: string;
}

/** Moves are told so often; a hand makes more of them than the other side needs. */
const MOVE_MS = 30;

/** While I am in control, my hand and my keys over the screen go to its sharer and nowhere else. */
export function ControlSurface({ share, room, name }: Props) {
  const { t } = useI18n();
  const surface = useRef<HTMLDivElement>(null);
  const lastMove = useRef(0);
  const { id } = share;
  const [twice] = useState(() => createDoubleEscape(() => performance.now()));
  useEffect(() => surface.current?.focus(), []);
  useEffect(() => {
    const element = surface.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      event.stopPropagation();
      room.input(id, { kind: 'wheel', ...placeIn(element, event), dx: event.deltaX, dy: event.deltaY });
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [room, id]);

  const press = (kind: 'down' | 'up') => (event: PointerEvent<HTMLDivElement>) => {
    event.stopPropagation();
    if (kind === 'down') event.currentTarget.setPointerCapture(event.pointerId);
    room.input(id, { kind, ...placeIn(event.currentTarget, event), button: event.button });
  };
  const key = (kind: 'keydown' | 'keyup') => (event: KeyboardEvent) => {
    // The page's own keys, and the call's, rest meanwhile.
    event.preventDefault();
    event.stopPropagation();
    if (kind === 'keydown' && twice(event.key)) room.revoke(id);
    else room.input(id, keyInput(kind, event));
  };
  return (
    // What is under control has no shape of its own: every hand and key goes through.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={surface}
      role="application"
      aria-label={t('control.surface', { name })}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="absolute inset-0 cursor-default outline-3 -outline-offset-3 outline-(--signal)"
      onPointerDown={press('down')}
      onPointerUp={press('up')}
      onPointerMove={(event) => {
        event.stopPropagation();
        if (event.timeStamp - lastMove.current < MOVE_MS) return;
        lastMove.current = event.timeStamp;
        room.input(id, moveInput(placeIn(event.currentTarget, event)));
      }}
      onKeyDown={key('keydown')}
      onKeyUp={key('keyup')}
      onContextMenu={(event) => event.preventDefault()}
    />
  );
}

function placeIn(element: HTMLElement, { clientX, clientY }: { clientX: number; clientY: number }): Point {
  const { left, top, width, height } = element.getBoundingClientRect();
  return intoSource({ x: (clientX - left) / width, y: (clientY - top) / height });
}
