// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '@/app/client';
import type { ServerConfig } from '@/shared/api/types';
import type { Link } from '@/shared/api/socket';
import { ApiError } from '@/shared/api/errors';
import { makeMessage } from '@/testing/things';
import { deleteMessage, flushDeletes, UNDO_MS } from './deleting';

function setUp(ask: Link['ask'] = vi.fn(() => Promise.resolve({} as never))) {
  const tell = vi.fn();
  const link = { ask, tell } as unknown as Link;
  const client = createClient({} as ServerConfig, { link });
  const message = makeMessage(1);
  client.messages.dispatch({ type: 'page', what: 'first', roomId: 'room', items: [message] });
  const deleted = () => client.messages.getState().rooms.room?.items[0]?.deletedAt !== null;
  return { client, message, deleted, ask, tell };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('deleteMessage', () => {
  it('goes at once here and after a while from the server', async () => {
    const { client, message, deleted, ask } = setUp();
    deleteMessage(client, message);
    expect(deleted()).toBe(true);
    expect(ask).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect(ask).toHaveBeenCalledWith('delete-message', { messageId: 'm1' });
  });

  it('comes back when it is undone, and the server never hears of it', async () => {
    const { client, message, deleted, ask } = setUp();
    deleteMessage(client, message);
    client.notices.getState()[0]?.action?.run();
    expect(deleted()).toBe(false);
    expect(client.messages.getState().rooms.room?.items[0]?.content).toBe('text 1');
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect(ask).not.toHaveBeenCalled();
  });

  it('comes back with a reason when the server refuses', async () => {
    const { client, message, deleted } = setUp(() => Promise.reject(new ApiError('permission-denied', 'no')));
    deleteMessage(client, message);
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect(deleted()).toBe(false);
    expect(client.notices.getState().at(-1)?.text.key).toBe('error.permission');
  });

  it('is told when the page goes', async () => {
    const { client, message, tell, ask } = setUp();
    deleteMessage(client, message);
    flushDeletes(client);
    expect(tell).toHaveBeenCalledWith('delete-message', { messageId: 'm1' });
    await vi.advanceTimersByTimeAsync(UNDO_MS);
    expect(ask).not.toHaveBeenCalled();
  });
});
