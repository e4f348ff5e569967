// @vitest-environment jsdom
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { ClientContext, createClient, type Client } from '@/app/client';
import type { Message, ServerConfig, User } from '@/shared/api/types';
import { I18nProvider } from '@/shared/i18n';
import { makeMessage } from '@/testing/things';
import { LinkPreview } from './LinkPreview';

const preview = { url: 'https://www.example.org/tides', title: 'Tides', site: 'Harbour', description: 'High at nine', image: 'data:image/webp;base64,AA' };

function start(me: string) {
  const client = createClient({ limits: {} } as unknown as ServerConfig);
  client.session.dispatch({ type: 'in', user: { id: me, name: me } as User });
  return client;
}
const show = (client: Client, message: Message) =>
  render(
    <I18nProvider>
      <ClientContext.Provider value={client}>
        <LinkPreview message={message} />
      </ClientContext.Provider>
    </I18nProvider>,
  );

it('shows title, site and picture, and leads there without telling from where', () => {
  const { container } = show(start('bob'), makeMessage(1, { preview }));
  const link = screen.getByRole('link');
  expect(link.getAttribute('href')).toBe(preview.url);
  expect(link.getAttribute('rel')).toContain('noreferrer');
  expect(link.textContent).toBe('TidesHarbour · High at nine');
  expect(container.querySelector('img')?.getAttribute('src')).toBe(preview.image);
  expect(screen.queryByRole('button')).toBeNull();
});

it('shows nothing without one, and nothing of an encrypted room, whose links the server cannot know', () => {
  const client = start('bob');
  expect(show(client, makeMessage(1)).container.innerHTML).toBe('');
  expect(show(client, makeMessage(1, { preview, sealed: 'open' })).container.innerHTML).toBe('');
});

it('is removed by its author, and stands again where the server refuses', async () => {
  const client = start('ada');
  const message = makeMessage(1, { preview });
  const dispatch = vi.spyOn(client.messages, 'dispatch');
  const remove = vi.spyOn(client.api, 'removePreview').mockResolvedValueOnce(message).mockRejectedValueOnce(new Error('away'));
  show(client, message);
  fireEvent.click(screen.getByRole('button', { name: 'Remove the preview' }));
  expect(remove.mock.calls).toEqual([['room', 'm1']]);
  expect(dispatch.mock.calls).toEqual([[{ type: 'updated', message: { ...message, preview: null } }]]);
  fireEvent.click(screen.getByRole('button', { name: 'Remove the preview' }));
  await waitFor(() => expect(dispatch.mock.lastCall).toEqual([{ type: 'updated', message }]));
});
