import { useCallback, useEffect, useState, type RefObject } from 'react';
import { useSession } from '@/features/call/session/CallContext';
import { floatPicture, openWindow } from './popOut';

const WIDTH = 960;

/** A window of its own for the share, for as long as it is shared or until it is closed. */
export function usePopOut(figure: RefObject<HTMLElement | null>, title: string, aspect: number) {
  const { store } = useSession();
  const [home, setHome] = useState<Window | null>(null);
  const open = useCallback(async () => {
    const made = await openWindow(title, WIDTH, Math.round(WIDTH / aspect));
    if (made) {
      made.addEventListener('pagehide', () => setHome(null));
      setHome(made);
      return;
    }
    if (await floatPicture(figure.current?.querySelector('video') ?? null)) return;
    store.dispatch({ type: 'notice', notice: { id: 'popOut', tone: 'warn', text: { key: 'screen.noWindow' }, brief: true } });
  }, [figure, title, aspect, store]);
  useEffect(() => () => home?.close(), [home]);
  return { home, open: () => void open(), close: () => setHome(null) };
}
