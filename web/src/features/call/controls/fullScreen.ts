export const canFullScreen = (): boolean => document.fullscreenEnabled;

export function toggleFullScreen(): void {
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  // Refused by a policy or by the person: the page then simply stays as it is.
  done.catch(() => undefined);
}
