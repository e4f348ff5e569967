import { useEffect, useRef, type PointerEvent } from 'react';

export const LONG_PRESS_MS = 500;
const SLIP_PX = 10;

/** A finger that stays where it came down. Mice have their other button, and text is chosen with them as ever. */
export function useLongPress(onPress: () => void) {
  const held = useRef<{ readonly timer: ReturnType<typeof setTimeout>; readonly x: number; readonly y: number } | null>(null);
  /** The finger that pressed long is still there. */
  const answered = useRef(false);
  const end = () => {
    clearTimeout(held.current?.timer);
    held.current = null;
  };
  useEffect(() => end, []);
  return {
    onPointerDown: ({ pointerType, clientX: x, clientY: y, target }: PointerEvent) => {
      end();
      answered.current = false;
      // What can be pressed by itself keeps its own press.
      if (pointerType !== 'touch' || (target instanceof Element && target.closest('button, a, input, textarea, video, audio'))) return;
      const timer = setTimeout(() => {
        held.current = null;
        answered.current = true;
        onPress();
      }, LONG_PRESS_MS);
      held.current = { timer, x, y };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      const from = held.current;
      if (from && Math.hypot(clientX - from.x, clientY - from.y) > SLIP_PX) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onTouchEnd: (event: { preventDefault: () => void }) => {
      // Else the lifted finger is a click beside what it opened, and closes it.
      if (answered.current) event.preventDefault();
      answered.current = false;
    },
    onContextMenu: (event: { readonly nativeEvent: Event; preventDefault: () => void }) => {
      // The browser's own answer to a long press would lie over ours.
      if ((event.nativeEvent as Partial<globalThis.PointerEvent>).pointerType === 'touch') event.preventDefault();
    },
  };
}
