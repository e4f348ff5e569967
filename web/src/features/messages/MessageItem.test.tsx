// @vitest-environment jsdom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Message, Reaction } from '@/shared/api/types';
import { useStore } from '@/shared/state/store';
import { useClient } from '@/app/client';
import { makeMessage } from '@/testing/things';
import { renderPage } from '@/features/files/files.testkit';
import { MessageItem, OutgoingItem } from './MessageItem';
import type { Outgoing } from './messagesReducer';
import { RoomUiContext, type RoomUi } from './RoomUi';

const ui = { roomId: 'room', moderates: false, readOnly: false } as unknown as RoomUi;
const reaction = (emoji: string, userIds: readonly string[]): Reaction => ({ emoji, userIds, count: userIds.length });

function Shown({ id }: { id: string }) {
  const message = useStore(useClient().messages, (state) => state.rooms.room?.items.find((item) => item.id === id));
  return message && <MessageItem message={message} lead />;
}

/** The first of the messages of a room. */
function show(...items: readonly Message[]) {
  const page = renderPage(
    <RoomUiContext.Provider value={ui}>
      <Shown id="m1" />
    </RoomUiContext.Provider>,
    () => undefined,
  );
  act(() => page.client.messages.dispatch({ type: 'page', what: 'first', roomId: 'room', items }));
  return page;
}
const quick = () =>
  within(screen.getByRole('toolbar')).getAllByRole('button', { name: /^React with/ }).map(({ textContent }) => textContent);

describe('reactions', () => {
  it('are told with how many, whether it was me, and what the sign is called', () => {
    show(makeMessage(1, { reactions: [reaction('⚡', ['me', 'ada', 'ben', 'cy', 'di']), reaction('👍', ['ada']), reaction('🦀', ['me'])] }));
    expect(screen.getByRole('button', { name: '5 people, you too: lightning', pressed: true })).toBeVisible();
    expect(screen.getByRole('button', { name: '1 person: thumbs up', pressed: false })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Only you: crab', pressed: true })).toBeVisible();
  });

  it('fade until the server has them', async () => {
    const { client } = show(makeMessage(1, { reactions: [reaction('👍', ['ada'])] }));
    const told: ((answer: object) => void)[] = [];
    const promise = new Promise<object>((resolve) => told.push(resolve));
    vi.spyOn(client.link, 'ask').mockReturnValue(promise as never);
    fireEvent.click(screen.getByRole('button', { name: '1 person: thumbs up' }));
    const chip = screen.getByRole('button', { name: '2 people, you too: thumbs up' });
    expect(chip).toHaveAttribute('data-pending', 'true');
    await act(async () => {
      told[0]?.({});
      await promise;
    });
    expect(chip).toHaveAttribute('data-pending', 'false');
  });

  it('of more than twelve kinds fold, and the focus goes on where they open', () => {
    const signs = 'a b c d e f g h i j k l m n o p'.split(' ');
    show(makeMessage(1, { reactions: signs.map((sign) => reaction(sign, ['ada'])) }));
    expect(screen.getAllByRole('button', { name: /^1 person/ })).toHaveLength(12);
    const rest = screen.getByRole('button', { name: 'Show 4 more reactions' });
    expect(rest).toHaveTextContent('+4');
    fireEvent.click(rest);
    expect(screen.getAllByRole('button', { name: /^1 person/ })).toHaveLength(16);
    expect(screen.getByRole('button', { name: '1 person: m' })).toHaveFocus();
  });
});

describe('quick reactions', () => {
  const used = makeMessage(2, { reactions: [reaction('🎉', ['ada', 'ben', 'cy']), reaction('👀', ['ada', 'ben'])] });

  it('are those that the room uses most, and stay while the pointer is there', () => {
    const { client } = show(makeMessage(1), used);
    const article = screen.getByRole('article');
    fireEvent.pointerEnter(article);
    expect(quick()).toEqual(['🎉', '👀', '👍']);
    act(() => client.messages.dispatch({ type: 'reactions', roomId: 'room', messageId: 'm2', reactions: [reaction('🦀', ['a', 'b', 'c', 'd'])] }));
    expect(quick()).toEqual(['🎉', '👀', '👍']);
    fireEvent.pointerEnter(article);
    expect(quick()).toEqual(['🦀', '👍', '✅']);
  });

  it('are what the keys 1 to 3 give', () => {
    const { client } = show(makeMessage(1), used);
    const ask = vi.spyOn(client.link, 'ask');
    const article = screen.getByRole('article');
    act(() => article.focus());
    fireEvent.keyDown(article, { key: '1' });
    expect(ask).toHaveBeenCalledWith('add-reaction', { messageId: 'm1', emoji: '🎉' });
  });
});

describe('a message on its way', () => {
  afterEach(() => void vi.useRealTimers());
  const outgoing: Outgoing = { clientId: 'c1', roomId: 'room', content: 'Ferry at nine', createdAt: '2026-11-22T09:00:00Z', state: 'sending' };
  const post = (change: Partial<Outgoing> = {}) => {
    function Waiting() {
      const [item] = useStore(useClient().messages, (state) => state.outbox);
      return item ? <OutgoingItem outgoing={item} lead /> : <p>nothing waits</p>;
    }
    const page = renderPage(
      <RoomUiContext.Provider value={ui}>
        <Waiting />
      </RoomUiContext.Provider>,
      () => undefined,
    );
    act(() => page.client.messages.dispatch({ type: 'post', outgoing: { ...outgoing, ...change } }));
    return page;
  };

  it('shows the clock only after 400 ms', () => {
    vi.useFakeTimers();
    post();
    act(() => void vi.advanceTimersByTime(399));
    expect(screen.queryByText('Sending')).toBeNull();
    act(() => void vi.advanceTimersByTime(1));
    expect(screen.getByText('Sending')).toBeVisible();
  });

  it('that was not sent is tried again or deleted', async () => {
    const { client } = post({ state: 'failed', error: 'The room is read only.' });
    expect(screen.getByRole('status')).toHaveTextContent('Not sent.');
    const ask = vi.spyOn(client.link, 'ask').mockRejectedValue(new Error('away'));
    await act(async () => {
      fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
      await Promise.resolve();
    });
    expect(ask).toHaveBeenCalledWith('send-message', expect.objectContaining({ clientId: 'c1', content: 'Ferry at nine' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Delete' }));
    expect(screen.getByText('nothing waits')).toBeVisible();
  });
});
