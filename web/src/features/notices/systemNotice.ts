import { navigate } from '@/app/router';

interface Wish {
  readonly title: string;
  readonly body?: string;
  /** The same tag in all tabs: of several, one notice is seen. */
  readonly tag: string;
  readonly silent?: boolean;
  /** Stays until somebody acts. */
  readonly stays?: boolean;
  /** Where a press on it leads. */
  readonly path?: string;
}

/** What the worker says when a notice that it showed was pressed. */
export interface NoticePressed {
  readonly type: 'parley:notice-pressed';
  readonly path: string;
}

/** Some browsers, all on Android among them, let only the page's worker show notices. */
function showByWorker(title: string, options: NotificationOptions & { readonly tag: string }): () => void {
  let over = false;
  const shown = (async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    if (!over) await registration?.showNotification(title, options);
    return registration;
  })().catch(() => undefined);
  return () => {
    over = true;
    void shown.then(async (registration) => {
      for (const notice of (await registration?.getNotifications({ tag: options.tag })) ?? []) notice.close();
    });
  };
}

/** A notice of the system, where one is allowed. Returns what takes it away again. */
export function systemNotice({ title, stays, path, ...rest }: Wish): () => void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return () => undefined;
  const options = { ...rest, requireInteraction: stays ?? false, data: path };
  try {
    const notice = new Notification(title, options);
    notice.onclick = () => {
      window.focus();
      if (path !== undefined) navigate(path);
      notice.close();
    };
    return () => notice.close();
  } catch {
    return 'serviceWorker' in navigator ? showByWorker(title, options) : () => undefined;
  }
}

/** Goes where a notice leads that the worker showed. */
export function followPressedNotices(): void {
  if (!('serviceWorker' in navigator)) return;
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent<NoticePressed | null>) => {
    if (data?.type === 'parley:notice-pressed') navigate(data.path);
  });
}
