// @vitest-environment jsdom
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { ClientContext, createClient } from '@/app/client';
import { Providers } from '@/app/Providers';
import { ApiError } from '@/shared/api/errors';
import type { Link } from '@/shared/api/socket';
import type { Message, ServerConfig } from '@/shared/api/types';
import { makeMember, makeMessage, makeRoom, makeUser } from '@/testing/things';
import { Composer } from './Composer';

const config = { limits: { messageLength: 20 }, features: { files: false } } as unknown as ServerConfig;

function setUp({ ask = vi.fn(), editing = null, members = 2 }: { ask?: unknown; editing?: Message | null; members?: number } = {}) {
  const listeners = new Map<string, (data: unknown) => void>();
  const link = {
    state: () => 'online',
    onState: () => () => undefined,
    ask,
    tell: vi.fn(),
    on: (name: string, listener: (data: unknown) => void) => {
      listeners.set(name, listener);
      return () => undefined;
    },
  } as unknown as Link;
  const client = createClient(config, { link });
  client.session.dispatch({ type: 'in', user: makeUser('me') });
  client.rooms.dispatch({ type: 'loaded', rooms: [makeRoom('room', { memberCount: members })] });
  client.rooms.dispatch({ type: 'members', roomId: 'room', members: [makeMember('mei', { name: 'Mei Tan', handle: 'mei' })] });
  const view = (message: Message | null) => (
    <Providers>
      <ClientContext.Provider value={client}>
        <Composer roomId="room" label="Message" placeholder="" editing={message} replyTo={null} onDone={() => rerender(view(null))} onEdit={() => undefined} />
      </ClientContext.Provider>
    </Providers>
  );
  const { rerender } = render(view(editing));
  return { client, ask, tell: (name: string, data: unknown) => act(() => listeners.get(name)?.(data)) };
}

const field = () => screen.getByRole('textbox', { name: 'Message' });
const asked = (ask: unknown) => (ask as ReturnType<typeof vi.fn>).mock.calls.filter(([name]) => name === 'send-message').length;

describe('Composer', () => {
  it('says how many characters are too many, and sends nothing', async () => {
    const { ask } = setUp();
    await userEvent.type(field(), 'a'.repeat(23));
    expect(screen.getByRole('status')).toHaveTextContent('3 characters too many');
    await userEvent.keyboard('{Enter}');
    expect(asked(ask)).toBe(0);
  });

  it('keeps the text of a message that somebody deleted meanwhile', async () => {
    const { tell } = setUp({ editing: makeMessage(1) });
    await userEvent.type(field(), ' more');
    tell('message-deleted', { roomId: 'room', messageId: 'm1', deletedBy: 'mei' });
    expect(await screen.findByRole('alert')).toHaveTextContent('Mei deleted this message while you were editing.');
    expect(field()).toHaveValue('text 1 more');
  });

  it('waits as long as the server asks, with a word', async () => {
    const ask = vi.fn(() => Promise.reject(new ApiError('rate-limited', 'slow', { retryAfter: 8 })));
    const { client } = setUp({ ask });
    await userEvent.type(field(), 'quick{Enter}');
    await waitFor(() => expect(screen.getByText(/you may send again in 8 s/)).toBeVisible());
    expect(client.messages.getState().outbox).toMatchObject([{ content: 'quick', state: 'queued' }]);
    await userEvent.type(field(), 'more{Enter}');
    expect(asked(ask)).toBe(1);
    expect(field()).toHaveValue('more');
  });

  it('asks before it calls many people', async () => {
    const ask = vi.fn(() => new Promise(() => undefined));
    setUp({ ask, members: 42 });
    await userEvent.type(field(), '@room tide{Enter}');
    await userEvent.keyboard('{Escape}{Enter}');
    expect(asked(ask)).toBe(0);
    await userEvent.click(await screen.findByRole('button', { name: 'Call them' }));
    expect(asked(ask)).toBe(1);
  });

  it('completes people, rooms and signs', async () => {
    const { client } = setUp();
    act(() => client.rooms.dispatch({ type: 'loaded', rooms: [makeRoom('room', { name: 'Bridge' }), makeRoom('dry', { name: 'Dock [dry]' })] }));
    await userEvent.type(field(), '@me');
    await userEvent.keyboard('{Tab}');
    expect(field()).toHaveValue('@mei ');
    await userEvent.clear(field());
    await userEvent.type(field(), ':roc{Enter}');
    expect(field()).toHaveValue('🚀 ');
    await userEvent.clear(field());
    await userEvent.type(field(), 'see #do');
    await userEvent.click(screen.getByRole('option', { name: 'Dock [dry]' }));
    expect(field()).toHaveValue(`see [#Dock \\[dry\\]](${window.location.origin}/r/dry) `);
  });
});
