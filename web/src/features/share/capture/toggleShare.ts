import { findMe } from '@/features/call/session/CallContext';
import type { CallSession } from '@/features/call/session/types';
import { createStore } from '@/shared/state/store';
import { canShare } from './canShare';

/** Whose share mine would stand in front of, while I am asked. */
export const replacing = createStore((_: string | null, name: string | null) => name, null);

/** Starts or stops my share. Where somebody else shares, the page asks first. */
export function toggleShare(session: CallSession): void {
  const { people } = session.store.getState();
  if (!canShare()) {
    session.store.dispatch({ type: 'notice', notice: { id: 'screen', tone: 'warn', text: { key: 'screen.unable' }, brief: true } });
    return;
  }
  const other = people.find(({ me, screen }) => !me && screen !== null);
  if (other && !findMe(people)?.screen) replacing.dispatch(other.name);
  else session.toggle('screen');
}
