import type { MessageKey } from '@/shared/i18n';
import type { Taken } from './keeper';

/** Why a secret did not open a room. */
export const problems = {
  malformed: 'e2ee.malformed',
  wrong: 'e2ee.wrong',
  old: 'e2ee.old',
} as const satisfies Record<Exclude<Taken, 'taken'>, MessageKey>;
