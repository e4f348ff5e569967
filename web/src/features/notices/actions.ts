import type { Client } from '@/app/client';
import { toApiError } from '@/shared/api/errors';
import type { Phrase } from '@/shared/i18n';
import type { Toast } from './noticesReducer';

const USUAL_MS = 6000;
/** Until somebody closes it, or something newer takes its place. */
const STAYS = Infinity;

export function showToast(client: Client, toast: Partial<Toast> & { readonly text: Phrase }): void {
  client.notices.dispatch({
    type: 'show',
    toast: { id: crypto.randomUUID(), tone: 'plain', ms: USUAL_MS, ...toast },
  });
}

/** Cause and way out in our words where we know them, in the server's words where not. */
export function errorPhrase(error: unknown): Phrase {
  const { code, message, offline, details } = toApiError(error);
  if (offline) return { key: 'error.offline' };
  if (code === 'rate-limited') return { key: 'error.rate', parameters: { n: Math.ceil(details.retryAfter ?? 1) } };
  if (code === 'permission-denied') return { key: 'error.permission' };
  if (code === 'no-key') return { key: 'e2ee.noKey' };
  if (code === 'not-found') return { key: 'error.gone' };
  return { key: 'error.server', parameters: { detail: message } };
}

export function showError(client: Client, error: unknown): void {
  showToast(client, { id: 'error', tone: 'error', text: errorPhrase(error), ms: STAYS });
}
