import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react';
import { useStore } from '@/shared/state/store';
import type { CallView } from '../view/viewReducer';
import type { CallSession, CallState, Person } from './types';

const CallContext = createContext<CallSession | null>(null);

export function CallProvider({ session, children }: { session: CallSession; children: ReactNode }) {
  return <CallContext.Provider value={session}>{children}</CallContext.Provider>;
}

export function useSession(): CallSession {
  const session = useContext(CallContext);
  if (!session) throw new Error('useSession outside of CallProvider');
  return session;
}

export function useCall(): CallState {
  const { store } = useSession();
  return useSyncExternalStore(store.subscribe, store.getState);
}

/** How I look at the call. */
export function useView(): CallView {
  return useStore(useSession().view, (view) => view);
}

export const findMe = (people: readonly Person[]): Person | undefined => people.find((person) => person.me);
