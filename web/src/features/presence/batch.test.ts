// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createClient } from '@/app/client';
import type { PresenceStatus, ServerConfig } from '@/shared/api/types';
import { batchPresence, flushPresence, PRESENCE_MS } from './batch';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('changes of presence are told together, the newest of each person', () => {
  const client = createClient({ features: {} } as unknown as ServerConfig);
  const told = vi.fn();
  client.presence.subscribe(told);
  const news = (userId: string, status: PresenceStatus) => batchPresence(client, { userId, status, lastSeenAt: null });
  news('ada', 'online');
  news('bo', 'online');
  news('ada', 'away');
  expect(told).not.toHaveBeenCalled();
  vi.advanceTimersByTime(PRESENCE_MS);
  expect(told).toHaveBeenCalledOnce();
  const { people } = client.presence.getState();
  expect([people.ada?.status, people.bo?.status]).toEqual(['away', 'online']);
  news('bo', 'offline');
  vi.advanceTimersByTime(PRESENCE_MS);
  expect(client.presence.getState().people.bo?.status).toBe('offline');
});

it('what waits does not overtake a list that comes after it', () => {
  const client = createClient({ features: {} } as unknown as ServerConfig);
  batchPresence(client, { userId: 'ada', status: 'online', lastSeenAt: null });
  flushPresence(client);
  client.presence.dispatch({ type: 'presence', list: [{ userId: 'ada', status: 'offline', lastSeenAt: null }] });
  vi.advanceTimersByTime(PRESENCE_MS);
  expect(client.presence.getState().people.ada?.status).toBe('offline');
});
