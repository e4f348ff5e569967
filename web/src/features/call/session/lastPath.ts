import { localStore } from '@/shared/lib/storage';

export type MediaPath = 'udp' | 'tcp';

const KEY = 'parley.path';

/** How the media of the last call travelled from this browser; null before the first one. */
export const lastPath = (): MediaPath | null =>
  localStore.read<MediaPath | null>(KEY, (value) => (value === 'udp' || value === 'tcp' ? value : undefined), null);

export const keepPath = (path: MediaPath): void => localStore.write(KEY, path);
