// @vitest-environment jsdom
import { act, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { ClientContext, createClient, type Client } from '@/app/client';
import type { ServerConfig } from '@/shared/api/types';
import { I18nProvider } from '@/shared/i18n';
import { makeMessage, makeRoom } from '@/testing/things';
import { Quote } from './Quote';

function start({ e2ee = false } = {}) {
  const client = createClient({ limits: {} } as unknown as ServerConfig);
  client.rooms.dispatch({ type: 'loaded', rooms: [makeRoom('quay', { e2ee })] });
  const message = vi.spyOn(client.api, 'message').mockResolvedValue(makeMessage(7, { id: 'm7', roomId: 'quay', content: 'from long ago' }));
  const heard = new Map<string, (data: object) => void>();
  vi.spyOn(client.link, 'on').mockImplementation((name, listener) => {
    heard.set(name, listener as (data: object) => void);
    return () => undefined;
  });
  const hear = (name: string, data: object) =>
    act(async () => {
      heard.get(name)?.(data);
      await Promise.resolve();
    });
  return { client, message, hear };
}
const show = (client: Client) =>
  render(
    <I18nProvider>
      <ClientContext.Provider value={client}>
        <Quote roomId="quay" id="m7" />
      </ClientContext.Provider>
    </I18nProvider>,
  );

it('fetches a message that is not loaded, once', async () => {
  const { client, message } = start();
  show(client).unmount();
  show(client);
  expect(await screen.findByText('from long ago')).toBeTruthy();
  expect(message.mock.calls).toEqual([['quay', 'm7']]);
});

it('asks for no ciphertext of an encrypted room', () => {
  const { client, message } = start({ e2ee: true });
  show(client);
  expect(screen.getByText('An earlier message')).toBeTruthy();
  expect(message).not.toHaveBeenCalled();
});

it('reads anew what was edited or deleted meanwhile, and only that', async () => {
  const { client, message, hear } = start();
  show(client);
  expect(await screen.findByText('from long ago')).toBeTruthy();
  await hear('message-updated', { message: makeMessage(8, { id: 'm8' }) });
  expect(message).toHaveBeenCalledTimes(1);
  message.mockResolvedValue(makeMessage(7, { id: 'm7', content: 'from long ago, mended' }));
  await hear('message-updated', { message: makeMessage(7, { id: 'm7' }) });
  expect(await screen.findByText('from long ago, mended')).toBeTruthy();
  message.mockResolvedValue(makeMessage(7, { id: 'm7', content: '', deletedAt: '2026-11-22T10:00:00Z' }));
  await hear('message-deleted', { messageId: 'm7' });
  expect(await screen.findByText('This message was deleted.')).toBeTruthy();
});

it('does not show again what was deleted while nobody looked', async () => {
  const { client, message, hear } = start();
  const { unmount } = show(client);
  expect(await screen.findByText('from long ago')).toBeTruthy();
  unmount();
  message.mockResolvedValue(makeMessage(7, { id: 'm7', content: '', deletedAt: '2026-11-22T10:00:00Z' }));
  await hear('message-deleted', { messageId: 'm7' });
  show(client);
  expect(await screen.findByText('This message was deleted.')).toBeTruthy();
});
