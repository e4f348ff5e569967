import { createKept } from '@/shared/state/kept';

/** The time of the newest missed call that was looked at on this device, ISO 8601; the inbox knows the rest. */
export const missedSeen = createKept('parley.missedSeen', (value) => (typeof value === 'string' ? value : undefined), '');
