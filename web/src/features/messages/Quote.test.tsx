// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
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
  return { client, message };
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
