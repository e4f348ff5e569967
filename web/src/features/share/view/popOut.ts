interface DocumentPip {
  readonly requestWindow: (size: { readonly width: number; readonly height: number }) => Promise<Window>;
}

/** The window has a document of its own: the look of the page is copied into it. */
function dress({ document: target }: Window, title: string): void {
  for (const sheet of document.querySelectorAll('style, link[rel="stylesheet"]')) target.head.append(sheet.cloneNode(true));
  const { lang, dir } = document.documentElement;
  Object.assign(target.documentElement, { lang, dir });
  target.documentElement.dataset.theme = 'dark';
  target.body.className = 'on-stage bg-stage text-stage-text';
  target.title = title;
}

/**
 * A window for a shared screen: one on top of others where the browser has such, else an ordinary one; null where it
 * gives neither, as on phones.
 */
export async function openWindow(title: string, width: number, height: number): Promise<Window | null> {
  const pip = (window as { documentPictureInPicture?: DocumentPip }).documentPictureInPicture;
  const made = pip
    ? await pip.requestWindow({ width, height }).catch(() => null)
    : window.open('', '', `popup,width=${width},height=${height}`);
  if (made) dress(made, title);
  return made;
}

/** The last resort: the bare picture, without what is drawn on it. */
export async function floatPicture(video: HTMLVideoElement | null): Promise<boolean> {
  if (!video || !document.pictureInPictureEnabled) return false;
  return video.requestPictureInPicture().then(
    () => true,
    () => false,
  );
}
