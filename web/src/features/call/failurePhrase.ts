import type { Phrase } from '@/shared/i18n';
import type { Failure } from './session/types';

const keys = {
  tokenRefused: 'failure.tokenRefused',
  server: 'failure.server',
  unknown: 'failure.unknown',
  away: 'failure.away',
  media: 'failure.media',
  timeout: 'failure.timeout',
  badAnswer: 'failure.badAnswer',
  unsupported: 'failure.unsupported',
  page: 'failure.page',
  locked: 'lobby.denied',
  noKey: 'e2ee.noKey',
} as const;

/** The words for what stopped a join; none for what was taken back. */
export function failurePhrase(failure: Failure): Phrase | null {
  if (failure.kind === 'cancelled') return null;
  return { key: keys[failure.kind], parameters: 'detail' in failure ? { detail: failure.detail } : {} };
}
