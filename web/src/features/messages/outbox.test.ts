// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createClient, type Client } from '@/app/client';
import { ApiError } from '@/shared/api/errors';
import type { Link } from '@/shared/api/socket';
import type { ServerConfig } from '@/shared/api/types';
import { makeMessage, makeRoom, makeUser } from '@/testing/things';
import { flushOutbox, sendMessage } from './actions';
import { restoreOutbox } from './outbox';

const offline = () => Promise.reject(new ApiError('offline', 'no line'));

const started: Client[] = [];
/** A page that starts: what an earlier one kept is all it has. */
function start(userId: string, { ask = offline, e2ee = false }: { ask?: unknown; e2ee?: boolean } = {}): Client {
  const link = { state: () => 'offline', onState: () => () => undefined, on: () => () => undefined, tell: vi.fn(), ask } as unknown as Link;
  const client = createClient({ limits: {} } as unknown as ServerConfig, { link });
  started.push(client);
  client.session.dispatch({ type: 'in', user: makeUser(userId) });
  client.rooms.dispatch({ type: 'loaded', rooms: [makeRoom('quay', { e2ee })] });
  return client;
}
const texts = (client: Client) => client.messages.getState().outbox.map(({ content }) => content);
const disk = () => Array.from({ length: localStorage.length }, (_, i) => localStorage.getItem(localStorage.key(i) ?? '')).join('\n');

afterEach(async () => {
  // Keys that are still being made must not outlive the test's thread.
  await Promise.all(started.splice(0).map(({ e2ee }) => e2ee.secret('quay')));
  localStorage.clear();
});

describe('what waits to be sent', () => {
  it('waits on in the next page, in its order, and keeps its number', async () => {
    const before = start('ada');
    sendMessage(before, 'quay', { content: 'first' });
    sendMessage(before, 'quay', { content: 'second' });
    const ids = before.messages.getState().outbox.map(({ clientId }) => clientId);

    const ask = vi.fn((_: string, data: { clientId: string }) => Promise.resolve({ message: makeMessage(1, { clientId: data.clientId, roomId: 'quay' }) }));
    const after = start('ada', { ask });
    await restoreOutbox(after);
    expect(texts(after)).toEqual(['first', 'second']);
    await flushOutbox(after);
    expect(ask.mock.calls.map(([, { clientId }]) => clientId)).toEqual(ids);
    const third = start('ada');
    await restoreOutbox(third);
    expect(texts(third)).toEqual([]);
  });

  it('is not what older pages kept, which was of all accounts and in plain words', async () => {
    localStorage.setItem('parley.outbox', JSON.stringify([{ roomId: 'quay', clientId: 'c', content: 'plain', state: 'queued' }]));
    const client = start('ada');
    await restoreOutbox(client);
    expect(texts(client)).toEqual([]);
    expect(disk()).not.toContain('plain');
  });

  it('is of one account: another neither sees it nor takes it away', async () => {
    sendMessage(start('ada'), 'quay', { content: 'from ada' });
    const bo = start('bo');
    await restoreOutbox(bo);
    expect(texts(bo)).toEqual([]);
    sendMessage(bo, 'quay', { content: 'from bo' });
    const ada = start('ada');
    await restoreOutbox(ada);
    expect(texts(ada)).toEqual(['from ada']);
  });

  it('does not double when the same person comes in again', async () => {
    const client = start('ada');
    sendMessage(client, 'quay', { content: 'once' });
    await restoreOutbox(client);
    expect(texts(client)).toEqual(['once']);
  });

  it('never writes words of an encrypted room, even where there is no key to seal them', async () => {
    const client = start('ada', { e2ee: true });
    sendMessage(client, 'quay', { content: 'lighthouse' });
    await client.e2ee.secret('quay');
    expect(texts(client)).toEqual(['lighthouse']);
    expect(disk()).not.toContain('lighthouse');
  });

  it('keeps words of an encrypted room as ciphertext, and opens them in the next page', async () => {
    const code = (text: string) => Array.from(text).reverse().join('');
    const kept = {
      seal: (_room: string, _id: string, text: string) => Promise.resolve(code(text)),
      open: (_room: string, _id: string, sealed: string) => Promise.resolve(code(sealed)),
    };
    const page = () => {
      const client = start('ada', { e2ee: true });
      return { ...client, e2ee: { ...client.e2ee, kept } };
    };
    sendMessage(page(), 'quay', { content: 'lighthouse' });
    await vi.waitFor(() => expect(disk()).toContain('esuohthgil'));
    expect(disk()).not.toContain('lighthouse');
    const after = page();
    await restoreOutbox(after);
    expect(texts(after)).toEqual(['lighthouse']);
  });
});
