import type { CallSession, Person } from '@/features/call/session/types';
import { tabControl } from '../control/thisTab';

/** Is what I share the very tab that this is? Shown within itself it would go on without end. */
export function isOwnTab(person: Person, session: CallSession): boolean {
  if (!person.me || person.screenSurface !== 'browser') return false;
  const tab = session.screen.tab();
  return tab !== null && tab === tabControl().sign;
}
