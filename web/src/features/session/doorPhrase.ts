import { toApiError } from '@/shared/api/errors';
import type { Phrase } from '@/shared/i18n';

/** What the door says when it does not open. */
export function doorPhrase(error: unknown): Phrase {
  const { code, message, offline, details } = toApiError(error);
  if (offline) return { key: 'door.away' };
  if (details.field === 'password' && (code === 'unauthenticated' || code === 'permission-denied')) return { key: 'door.wrongPassword' };
  if (code === 'unauthenticated' && !details.field) return { key: 'door.wrong' };
  if (code === 'already-exists') return { key: 'door.taken' };
  if (code === 'locked-out' || code === 'rate-limited') {
    const seconds = details.retryAfter ?? 60;
    return seconds > 90
      ? { key: 'door.lockedMinutes', parameters: { n: Math.ceil(seconds / 60) } }
      : { key: 'door.lockedSeconds', parameters: { n: Math.max(1, Math.ceil(seconds)) } };
  }
  if (code === 'permission-denied') return { key: 'door.invitationNeeded' };
  if (code === 'gone' || code === 'not-found') return { key: 'door.spent' };
  return { key: 'error.server', parameters: { detail: message } };
}
