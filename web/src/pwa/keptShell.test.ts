// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { createClient } from '@/app/client';
import type { ServerConfig } from '@/shared/api/types';
import { makeMessage, makeRoom, makeUser } from '@/testing/things';
import { keepShell, keptShell } from './keptShell';

const config = { name: 'Here', limits: {}, features: {} } as unknown as ServerConfig;

it('keeps who is here and the rooms, without what was said, until they sign out', () => {
  const client = createClient(config);
  keepShell(client);
  client.session.dispatch({ type: 'in', user: makeUser('ada') });
  client.rooms.dispatch({ type: 'loaded', rooms: [makeRoom('deep', { lastMessage: makeMessage(1, { content: 'sealed words' }) })] });
  expect(keptShell()).toMatchObject({ config: { name: 'Here' }, user: { id: 'ada' }, rooms: [{ id: 'deep' }] });
  expect(JSON.stringify(keptShell())).not.toContain('sealed words');
  client.session.dispatch({ type: 'out' });
  expect(keptShell()).toBeNull();
});
