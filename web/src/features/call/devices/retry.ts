import type { DeviceTrouble } from './errors';

/** Another program may let go of a device at any moment, and says so to nobody. */
export const RETRY_MS = 3000;

/** Tries again by itself once the cause may be gone. Returns what ends the waiting. */
export function whenItMayWork(kind: 'audio' | 'video', trouble: DeviceTrouble, again: () => void): () => void {
  if (trouble === 'busy') {
    const timer = setTimeout(again, RETRY_MS);
    return () => clearTimeout(timer);
  }
  const controller = new AbortController();
  const { signal } = controller;
  if (trouble === 'none') navigator.mediaDevices.addEventListener('devicechange', again, { signal });
  if (trouble === 'blocked') {
    // Not every browser knows these names; one that does not asks again when the page is loaded.
    const name = (kind === 'audio' ? 'microphone' : 'camera') as PermissionName;
    Promise.resolve(navigator.permissions?.query({ name })).then(
      (status) => status?.addEventListener('change', () => status.state !== 'denied' && again(), { signal }),
      () => undefined,
    );
  }
  return () => controller.abort();
}
