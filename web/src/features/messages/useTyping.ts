import { useCallback, useEffect, useRef } from 'react';
import { useClient } from '@/app/client';
import type { Id } from '@/shared/api/types';

/** Told anew this often while the writing goes on; the server forgets by itself a little later. */
const AGAIN_MS = 3000;

/** Tells the room that I write, not more often than needed. */
export function useTyping(roomId: Id): { readonly typed: () => void; readonly stopped: () => void } {
  const { link } = useClient();
  const told = useRef(0);
  const stopped = useCallback(() => {
    if (told.current === 0) return;
    told.current = 0;
    link.tell('stop-typing', { roomId });
  }, [link, roomId]);
  const typed = useCallback(() => {
    const now = Date.now();
    if (now - told.current < AGAIN_MS) return;
    told.current = now;
    link.tell('typing', { roomId });
  }, [link, roomId]);
  useEffect(() => stopped, [stopped]);
  return { typed, stopped };
}
