import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useI18n } from '@/shared/i18n';
import { useSession } from '../session/CallContext';
import { useRoomCall } from '../session/RoomCallContext';
import { PipView } from './PipView';

interface DocumentPip {
  readonly requestWindow: (size: { readonly width: number; readonly height: number }) => Promise<Window>;
  /** The one window that there can be, of whatever is shown in it. */
  readonly window?: Window | null;
}

const documentPip = (): DocumentPip | undefined => (window as { documentPictureInPicture?: DocumentPip }).documentPictureInPicture;

/** Browsers without a small window for pages can float one picture. */
const canFloatVideo = (): boolean => document.pictureInPictureEnabled;

export const canPip = (): boolean => documentPip() !== undefined || canFloatVideo();

const PipContext = createContext<{ readonly open: () => void }>({ open: () => undefined });
export const usePip = () => useContext(PipContext);

/** The small window has a document of its own: the look of the page is copied into it. */
function dress(target: Document, title: string): void {
  target.title = title;
  for (const sheet of document.querySelectorAll('style, link[rel="stylesheet"]')) target.head.append(sheet.cloneNode(true));
  const { lang, dir } = document.documentElement;
  Object.assign(target.documentElement, { lang, dir });
  target.documentElement.dataset.theme = 'dark';
}

async function floatVideo(): Promise<void> {
  const pictures = [...document.querySelectorAll<HTMLVideoElement>('.tile video, [data-small-stage] video')];
  const speaking = pictures.find((video) => video.closest('[data-speaking="true"], [data-main="true"]'));
  await (speaking ?? pictures[0])?.requestPictureInPicture();
}

/**
 * Keeps the small window on top of other programs, whether the page of the call is shown or only the small one over another
 * page, and opens it by itself where the browser asks for it.
 */
export function PipProvider({ children }: { children: ReactNode }) {
  const { t } = useI18n();
  const { store } = useSession();
  const roomCall = useRoomCall();
  const [pip, setPip] = useState<Window | null>(null);

  const open = useCallback(() => {
    const make = async () => {
      const api = documentPip();
      if (!api) {
        await floatVideo();
        return;
      }
      const made = await api.requestWindow({ width: 360, height: 260 });
      dress(made.document, t('pip.title', { room: store.getState().room }));
      made.addEventListener('pagehide', () => setPip((now) => (now === made ? null : now)));
      setPip(made);
    };
    return make();
  }, [store, t]);
  const openByKey = useCallback(() => {
    open().catch(() => {
      store.dispatch({ type: 'notice', notice: { id: 'pip', tone: 'warn', text: { key: 'pip.failed' }, brief: true } });
    });
  }, [open, store]);

  useEffect(() => () => pip?.close(), [pip]);
  useEffect(() => {
    // The browser asks for it when the tab goes out of sight during a call; not every browser knows the word.
    const session = (navigator as { mediaSession?: MediaSession }).mediaSession;
    const set = (handler: (() => void) | null) => {
      try {
        session?.setActionHandler('enterpictureinpicture' as MediaSessionAction, handler);
      } catch {
        // It does not: the window then opens by its key alone.
      }
    };
    set(() => {
      // Nobody asked for it: what does not open is not missed, and a share in a window of its own stays there.
      if (!documentPip()?.window) open().catch(() => undefined);
    });
    return () => set(null);
  }, [open]);

  const value = useMemo(() => ({ open: openByKey }), [openByKey]);
  const back = () => {
    window.focus();
    roomCall?.open();
    pip?.close();
  };
  return (
    <PipContext.Provider value={value}>
      {children}
      {pip && createPortal(<PipView onBack={back} />, pip.document.body)}
    </PipContext.Provider>
  );
}
