// @vitest-environment jsdom
import { act, fireEvent, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makeMessage } from '@/testing/things';
import { renderPage } from '@/features/files/files.testkit';
import { loadMore, loadNewest } from './actions';
import { MessageList } from './MessageList';
import type { MessagesAction } from './messagesReducer';
import { RoomUiContext, type RoomUi } from './RoomUi';

const HIGH = 100;

/** jsdom lays nothing out: every row is of one height, and the view shows five of them. */
beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function (this: HTMLElement) {
    return { height: this.dataset.row === undefined ? 0 : HIGH } as DOMRect;
  });
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(5 * HIGH);
  vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(200 * HIGH);
});

const ui = { roomId: 'room', moderates: false, readOnly: false } as unknown as RoomUi;
const where = { roomId: 'room' };
const many = Array.from({ length: 200 }, (_, index) => makeMessage(index + 1));

function show(page: Partial<Extract<MessagesAction, { type: 'page' }>> = {}) {
  const found = renderPage(
    <RoomUiContext.Provider value={ui}>
      <MessageList where={where} label="Messages" />
    </RoomUiContext.Provider>,
    () => undefined,
  );
  act(() => found.client.messages.dispatch({ type: 'page', what: 'first', ...where, items: many, hasOlder: false, ...page }));
  return found;
}
const press = async (key: string) => {
  const from = document.activeElement?.closest('[role=log]') ? document.activeElement : screen.getByRole('log');
  await act(async () => {
    fireEvent.keyDown(from, { key });
    await Promise.resolve();
  });
};
const here = () => document.activeElement?.getAttribute('data-message');

describe('the keys of the list', () => {
  it('go to the first and the newest of what is loaded, drawn or not', async () => {
    show();
    const log = screen.getByRole('log');
    log.scrollTop = 150 * HIGH;
    fireEvent.scroll(log);
    expect(document.querySelector('[data-message=m1]')).toBeNull();
    await press('Home');
    expect(here()).toBe('m1');
    expect(document.querySelector('[data-message=m200]')).toBeNull();
    await press('End');
    expect(here()).toBe('m200');
  });
});

describe('what did not come', () => {
  const older = many.slice(0, 40);

  it('of newer messages is said below them, and asked for again', async () => {
    const { client, call } = show({ items: older, hasNewer: true });
    await act(() => loadMore(client, where, 'newer'));
    expect(screen.getByText('Newer messages did not come.')).toBeVisible();
    call.mockClear();
    fireEvent.scroll(screen.getByRole('log'));
    expect(call).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(call).toHaveBeenCalledWith('/rooms/room/messages', expect.objectContaining({ query: expect.objectContaining({ after: 40 }) as object }));
    await act(() => Promise.resolve());
  });

  it('leaves a gap after what was there before, which is said and not bridged', async () => {
    const { client } = show({ items: older });
    await act(() => loadNewest(client, where));
    act(() => client.messages.dispatch({ type: 'arrived', message: makeMessage(90) }));
    expect(screen.getByText('Some messages are not here yet.')).toBeVisible();
    expect(document.querySelector('[data-message=m90]')).toBeNull();
    const page = vi.spyOn(client.api, 'messages').mockResolvedValue({ items: many.slice(60, 90) } as never);
    fireEvent.click(screen.getByRole('button', { name: 'Load them' }));
    expect(page).toHaveBeenCalledWith('room', { limit: 50 });
    await act(() => Promise.resolve());
    expect(screen.queryByText('Some messages are not here yet.')).toBeNull();
    expect(document.querySelector('[data-message=m90]')).not.toBeNull();
  });
});
