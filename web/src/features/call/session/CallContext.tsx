import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react';
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

export const findMe = (people: readonly Person[]): Person | undefined => people.find((person) => person.me);
