// @vitest-environment jsdom
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Providers } from '@/app/Providers';
import { CallScreen } from './CallScreen';
import { makeRoomCall } from './roomCall.testkit';
import { CallProvider } from './session/CallContext';
import { makePerson, makePicture, makeSession } from './session/people.testkit';
import { RoomCallContext } from './session/RoomCallContext';

const people = [
  makePerson('ada', { name: 'Ada', me: true, joinedAt: 1 }),
  makePerson('bo', { name: 'Bo', camera: makePicture('TR_bo'), joinedAt: 2 }),
  makePerson('cleo#2', { name: 'Cleo', joinedAt: 3 }),
];

function show(options: Parameters<typeof makeRoomCall>[0] = {}) {
  const session = makeSession(people);
  const room = makeRoomCall(options);
  render(
    <Providers>
      <CallProvider session={session}>
        <RoomCallContext.Provider value={room.value}>
          <CallScreen />
        </RoomCallContext.Provider>
      </CallProvider>
    </Providers>,
  );
  return { session, room, user: userEvent.setup() };
}

const press = (init: KeyboardEventInit) => fireEvent.keyDown(document.body, init);

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1000);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
});

describe('the people of the call', () => {
  it('open and close with U, hands first', () => {
    show({ room: { hands: ['cleo'] } });
    press({ key: 'u' });
    const list = screen.getByRole('list', { name: 'In the call' });
    expect(within(list).getAllByRole('listitem').map((item) => item.querySelector('bdi')?.textContent)).toEqual(['Cleo', 'Bo', 'You']);
    expect(within(list).getByRole('img', { name: 'Hand 1' })).toBeInTheDocument();
    press({ key: 'u' });
    expect(screen.queryByRole('list', { name: 'In the call' })).not.toBeInTheDocument();
  });

  it('give a host the means and others none', async () => {
    const { room, user } = show({ host: { lobby: [{ userId: 'dana', name: 'Dana' }] } });
    expect(screen.getByRole('button', { name: /^People, 3 ?, 1 person is waiting$/ })).toHaveTextContent(/1$/);
    press({ key: 'u' });
    await user.click(screen.getByRole('button', { name: 'Admit Dana' }));
    await user.click(screen.getByRole('button', { name: 'Turn Dana away' }));
    await user.click(screen.getByRole('button', { name: 'Mute all' }));
    await user.click(screen.getByRole('button', { name: 'Lock call' }));
    await user.click(screen.getByRole('button', { name: 'What to do with Cleo' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Remove from the call' }));
    await user.click(screen.getByRole('button', { name: 'What to do with Bo' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Stop video' }));
    expect(room.asked).toEqual(['admit dana', 'turn away dana', 'mute bo,cleo', 'lock true', 'remove cleo', 'stop video bo TR_bo']);
  });

  it('show somebody to everybody, and make hosts of those of whom they may', async () => {
    const { room, user } = show({ host: { promotable: ['cleo'] }, room: { spotlight: 'bo' } });
    expect(screen.getByRole('figure', { name: /^Bo,.* in the spotlight/ })).toHaveAttribute('data-main', 'true');
    press({ key: 'u' });
    await user.click(screen.getByRole('button', { name: 'What to do with Cleo' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Make host' }));
    await user.click(screen.getByRole('button', { name: 'What to do with Cleo' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Spotlight for everybody' }));
    await user.click(screen.getByRole('button', { name: 'What to do with Bo' }));
    expect(screen.queryByRole('menuitem', { name: 'Make host' })).not.toBeInTheDocument();
    await user.click(await screen.findByRole('menuitem', { name: 'End the spotlight' }));
    expect(room.asked).toEqual(['make host cleo', 'spotlight cleo#2', 'spotlight null']);
  });

  it('admit by A, and walk with arrows', () => {
    const { room } = show({ host: { lobby: [{ userId: 'dana', name: 'Dana' }] } });
    press({ key: 'u' });
    const first = screen.getByRole('button', { name: 'What to do with Bo' });
    first.focus();
    fireEvent.keyDown(first, { key: 'a' });
    expect(room.asked).toEqual(['admit dana']);
    fireEvent.keyDown(first, { key: 'ArrowDown' });
    expect(screen.getByRole('button', { name: 'What to do with Cleo' })).toHaveFocus();
  });

  it('offer a guest neither lock nor mute', () => {
    show();
    press({ key: 'u' });
    expect(screen.queryByRole('button', { name: 'Lock call' })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Mute all' })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Ways to leave' })).not.toBeInTheDocument();
  });
});

describe('keys of the stage', () => {
  it('send a reaction by K and a number, and show it on the tile of whoever sent one', () => {
    const { room } = show();
    press({ key: 'k' });
    press({ key: '2' });
    expect(room.asked).toEqual(['react 👏']);
    act(() => room.react({ userId: 'bo', name: 'Bo', emoji: '🎉' }));
    expect(document.querySelector('.float')).toHaveTextContent('🎉');
    expect(screen.getByText('Bo: 🎉')).toHaveAttribute('role', 'status');
  });

  it('pin the focused tile by Enter and walk by arrows', () => {
    show();
    const bo = screen.getByRole('figure', { name: /^Bo/ });
    bo.focus();
    fireEvent.keyDown(bo, { key: 'Enter' });
    expect(screen.getByRole('figure', { name: /^Bo,.* pinned/ })).toHaveAttribute('data-main', 'true');
    fireEvent.keyDown(screen.getByRole('figure', { name: /^Bo/ }), { key: 'ArrowRight' });
    expect(['ada', 'cleo#2']).toContain(document.activeElement?.getAttribute('data-identity'));
  });

  it('open what can be done with the focused tile by Shift F10, and give the focus back', async () => {
    const { user } = show({ host: {} });
    const bo = screen.getByRole('figure', { name: /^Bo/ });
    act(() => bo.focus());
    fireEvent.keyDown(bo, { key: 'F10', shiftKey: true });
    expect(await screen.findByRole('menuitem', { name: 'Spotlight for everybody' })).toBeInTheDocument();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('menuitem')).not.toBeInTheDocument();
    expect(screen.getByRole('figure', { name: /^Bo/ })).toHaveFocus();
  });

  it.each([
    [{ key: 'h' }, ['hand'], []],
    [{ key: 'b' }, [], ['blur']],
    [{ key: 'H', ctrlKey: true, shiftKey: true }, ['leave'], []],
  ])('%j', (init, room, session) => {
    const shown = show();
    press(init);
    expect(shown.room.asked).toEqual(room);
    expect(shown.session.asked).toEqual(session);
  });

  it('do nothing while one writes', () => {
    const { room } = show({ room: { chat: <textarea aria-label="Message the call" /> } });
    press({ key: 't' });
    const field = screen.getByRole('textbox', { name: 'Message the call' });
    expect(field).toHaveFocus();
    fireEvent.keyDown(field, { key: 'h' });
    expect(room.asked).toEqual([]);
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
  });
});

describe('leaving', () => {
  it('is for everybody only where a host says so', async () => {
    const { room, user } = show({ host: {} });
    await user.click(screen.getByRole('button', { name: 'Ways to leave' }));
    await user.click(await screen.findByRole('menuitem', { name: 'End for everybody' }));
    expect(room.asked).toEqual(['end']);
  });
});

describe('notices', () => {
  it('bring their own way out', async () => {
    const { session, user } = show();
    act(() =>
      session.store.dispatch({ type: 'notice', notice: { id: 'microphone', tone: 'warn', text: { key: 'muted.byHost' }, action: 'unmute' } }),
    );
    await user.click(screen.getByRole('button', { name: 'Unmute' }));
    expect(session.asked).toEqual(['microphone on']);
  });
});
