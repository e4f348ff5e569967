import { useEffect, useRef, type RefObject } from 'react';
import { takesLetters, within } from '@/features/call/controls/keys';
import { useSession } from '@/features/call/session/CallContext';
import { shareKeyOf, type ShareKey } from '../draw/keys';
import { penStore } from '../draw/penReducer';

/** Does what a key asks for; false leaves the key to the call. */
export type ShareKeyAct = (key: ShareKey) => boolean;

/** Lists, menus and bars walk by arrows themselves. */
const walksItself = (target: EventTarget | null): boolean =>
  within(target, '[role="list"], [role="toolbar"], [role="menu"], [role="dialog"], [role="log"], a, summary');

/** What I control elsewhere gets every key. */
const isUnderControl = (target: EventTarget | null): boolean => within(target, '[role="application"]');

/**
 * Keys over a shared screen, heard before those of the call. With `moving` Space moves a screen that is larger than its
 * frame while a tool is in the hand; otherwise it talks, as everywhere.
 */
export function useShareKeys(home: Window, act: ShareKeyAct, moving: RefObject<boolean>, zoomed: boolean): void {
  const { view } = useSession();
  const now = useRef({ act, zoomed });
  useEffect(() => {
    now.current = { act, zoomed };
  });
  useEffect(() => {
    const onDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || takesLetters(event.target) || isUnderControl(event.target)) return;
      if (event.key === ' ' && now.current.zoomed && penStore.getState().tool !== null && !within(event.target, 'button')) {
        moving.current = true;
        event.preventDefault();
        return;
      }
      const key = shareKeyOf(event);
      // K asks for a reaction: the next digit is its.
      if (!key || (key.act === 'tool' && view.getState().reacting)) return;
      if (key.act === 'move' && walksItself(event.target)) return;
      if (now.current.act(key)) event.preventDefault();
    };
    const rest = () => {
      moving.current = false;
    };
    const onUp = (event: KeyboardEvent) => {
      if (event.key === ' ') rest();
    };
    home.addEventListener('keydown', onDown, true);
    home.addEventListener('keyup', onUp, true);
    // Keys released elsewhere are never told to us.
    home.addEventListener('blur', rest);
    return () => {
      home.removeEventListener('keydown', onDown, true);
      home.removeEventListener('keyup', onUp, true);
      home.removeEventListener('blur', rest);
    };
  }, [home, view, moving]);
}
