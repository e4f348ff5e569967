import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { useClient, type Client } from '@/app/client';
import { toApiError } from '@/shared/api/errors';
import { createStore, useStore, type Store } from '@/shared/state/store';
import { adminReducer, nothingYet, type AdminAction, type AdminState } from './adminReducer';
import { parseMetrics } from './metrics/parse';

type AdminStore = Store<AdminState, AdminAction>;

const METRICS_MS = 5000;
const NUMBERS_MS = 10_000;
const SLOW_MS = 60_000;

const AdminContext = createContext<AdminStore | null>(null);

export function useAdminStore(): AdminStore {
  const store = useContext(AdminContext);
  if (!store) throw new Error('useAdminStore outside of AdminProvider');
  return store;
}

export const useAdmin = <Part,>(select: (state: AdminState) => Part): Part => useStore(useAdminStore(), select);

async function askMetrics(client: Client, store: AdminStore): Promise<void> {
  try {
    const blob = await client.api.metrics();
    const sample = parseMetrics(await blob.text());
    // A page of a proxy, or of this client, is no list of metrics.
    if (!sample.has('parley_rooms')) throw new Error('no metrics');
    store.dispatch({ type: 'metrics', taken: { at: Date.now(), sample } });
  } catch (error) {
    store.dispatch({ type: 'noMetrics', detail: toApiError(error).message });
  }
}

async function askNumbers(client: Client, store: AdminStore): Promise<void> {
  try {
    const [overview, storage, calls] = await Promise.all([client.api.overview(), client.api.storage(), client.api.adminCalls()]);
    store.dispatch({ type: 'numbers', at: Date.now(), overview, storage, calls: calls.items.map((item) => ({ ...item, participants: item.participants ?? [] })) });
  } catch {
    store.dispatch({ type: 'away' });
  }
}

export async function askLetters(client: Client, store: AdminStore): Promise<void> {
  const { items } = await client.api.deadLetters();
  store.dispatch({ type: 'letters', letters: items });
}

async function askSlow(client: Client, store: AdminStore): Promise<void> {
  // What fails here is asked again at the next beat; that the server is away is told by the numbers.
  await askLetters(client, store).catch(() => undefined);
  await client.api.auditLog().then(
    ({ items }) => store.dispatch({ type: 'log', entries: items }),
    () => undefined,
  );
}

function every(ms: number, work: () => Promise<void>): () => void {
  void work();
  const timer = setInterval(() => {
    // A page that nobody sees asks for nothing.
    if (!document.hidden) void work();
  }, ms);
  return () => clearInterval(timer);
}

/** Asks for the place's numbers for as long as its administration is open, whichever page of it shows. */
export function AdminProvider({ active, children }: { active: boolean; children: ReactNode }) {
  const client = useClient();
  const [store] = useState(() => createStore(adminReducer, nothingYet));
  useEffect(() => {
    if (!active) return;
    const stops = [
      every(METRICS_MS, () => askMetrics(client, store)),
      every(NUMBERS_MS, () => askNumbers(client, store)),
      every(SLOW_MS, () => askSlow(client, store)),
    ];
    return () => stops.forEach((stop) => stop());
  }, [client, store, active]);
  return <AdminContext.Provider value={store}>{children}</AdminContext.Provider>;
}
