// @vitest-environment jsdom
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Providers } from '@/app/Providers';
import { CallScreen } from './CallScreen';
import { keepKeys, usualKeys, withKeys } from '@/features/palette/bindings';
import { callKeyOf } from './controls/keys';
import { CallProvider } from './session/CallContext';
import { makePerson, makePicture, makeSession } from './session/people.testkit';
import type { Person } from './session/types';

const me = makePerson('ada', { name: 'Ada', me: true, microphone: false, joinedAt: 1 });
const bo = makePerson('bo', { name: 'Bo', speaking: true, camera: makePicture('c'), joinedAt: 2 });
const cleo = makePerson('cleo', { name: 'Cleo', microphone: false, weak: true, joinedAt: 3 });

function show(people: readonly Person[] = [me, bo, cleo]) {
  const session = makeSession(people);
  render(
    <Providers>
      <CallProvider session={session}>
        <CallScreen />
      </CallProvider>
    </Providers>,
  );
  return { session, user: userEvent.setup() };
}

beforeEach(() => {
  // A stage to lay tiles on, and a browser that can share a screen.
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1000);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
  const devices = Object.assign(new EventTarget(), {
    getDisplayMedia: vi.fn(),
    enumerateDevices: () =>
      Promise.resolve([{ deviceId: 'mic-2', kind: 'audioinput', label: 'Desk microphone' } as MediaDeviceInfo]),
  });
  Object.defineProperty(navigator, 'mediaDevices', { value: devices, configurable: true });
});

const labels = () =>
  within(screen.getByRole('list', { name: 'Participants on stage' }))
    .getAllByRole('figure')
    .map((figure) => figure.getAttribute('aria-label'));
const seePictures = () => {
  for (const video of document.querySelectorAll('video')) fireEvent.loadedData(video);
};

describe('the stage', () => {
  it('shows everybody as a figure whose label begins with the name and says what is unusual', () => {
    show();
    seePictures();
    expect(labels()).toEqual(['Ada, you, microphone off, camera off', 'Bo, speaking', 'Cleo, microphone off, camera off, weak network']);
  });

  it('says of a picture that it is on its way until its first frame is there', () => {
    show();
    expect(labels()[1]).toBe('Bo, speaking, picture on its way');
  });

  it('says whose line is broken: theirs, or mine to all', () => {
    const { session } = show([me, bo, { ...cleo, away: true }]);
    seePictures();
    expect(labels()[2]).toBe('Cleo, microphone off, camera off, reconnecting');
    expect(labels()[1]).toBe('Bo, speaking');
    act(() => session.store.dispatch({ type: 'reconnecting', now: 0 }));
    expect(labels()[1]).toBe('Bo, speaking, reconnecting');
  });

  it('says sound only of those whose pictures I do not want', () => {
    const { session } = show([me, { ...bo, camera: null }]);
    act(() => session.store.dispatch({ type: 'soundOnly', on: true }));
    expect(labels()).toEqual(expect.arrayContaining(['Bo, speaking, sound only', 'Ada, you, microphone off, camera off']));
  });

  it('shows a shared screen outside of the list of people', () => {
    show([me, { ...bo, screen: makePicture('s') }]);
    expect(screen.getByRole('figure', { name: 'Screen of Bo' })).toBeInTheDocument();
    expect(within(screen.getByRole('list', { name: 'Participants on stage' })).getAllByRole('figure')).toHaveLength(2);
  });

  it('says that the line broke, and for how long once it is back', () => {
    const { session } = show();
    act(() => session.store.dispatch({ type: 'reconnecting', now: 0 }));
    expect(screen.getByText(/The line broke\. Reconnecting/)).toBeInTheDocument();
    act(() => session.store.dispatch({ type: 'reconnected', now: 6000 }));
    expect(screen.queryByText(/Reconnecting/)).not.toBeInTheDocument();
    expect(screen.getByText('You are back. 6 seconds were missed.')).toBeInTheDocument();
  });
});

describe('the controls', () => {
  it('tell and change what is on', async () => {
    const { session, user } = show();
    const microphone = screen.getByRole('button', { name: 'Microphone' });
    expect(microphone).toHaveAttribute('aria-pressed', 'false');
    await user.click(microphone);
    expect(microphone).toHaveAttribute('aria-pressed', 'true');
    await user.click(screen.getByRole('button', { name: 'Camera' }));
    const share = screen.getByRole('button', { name: 'Share screen' });
    expect(share).toHaveAttribute('title', 'Share your screen (S)');
    await user.click(share);
    await user.click(screen.getByRole('button', { name: 'Leave' }));
    expect(session.asked).toEqual(['microphone on', 'camera toggle', 'screen toggle', 'leave']);
  });

  it('are walked with arrows', async () => {
    const { user } = show();
    screen.getByRole('button', { name: 'Microphone' }).focus();
    await user.keyboard('{ArrowRight}');
    expect(screen.getByRole('button', { name: 'Sound devices' })).toHaveFocus();
    await user.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(screen.getByRole('button', { name: 'Leave' })).toHaveFocus();
  });

  it('say on a phone why it shares no screen', async () => {
    const listening = { addEventListener: () => undefined, removeEventListener: () => undefined };
    vi.spyOn(window, 'matchMedia').mockImplementation((query) => ({ ...listening, matches: query === '(max-width: 599px)' }) as unknown as MediaQueryList);
    Object.defineProperty(navigator, 'mediaDevices', { value: Object.assign(new EventTarget(), { enumerateDevices: () => Promise.resolve([]) }), configurable: true });
    const { session, user } = show();
    await user.click(screen.getByRole('button', { name: 'More' }));
    const row = await screen.findByRole('menuitem', { name: /^Share screen/ });
    expect(row).toHaveAttribute('aria-disabled', 'true');
    expect(row).toHaveTextContent('This browser shares no screens. Join from a computer to share yours.');
    await user.keyboard('{Escape}');
    fireEvent.keyDown(document.body, { key: 's' });
    expect(session.asked).toEqual([]);
    expect(await screen.findByText(/^This browser shares no screens/)).toBeInTheDocument();
  });

  it('choose a device and remember it', async () => {
    const { session, user } = show();
    await user.click(screen.getByRole('button', { name: 'Sound devices' }));
    await user.click(await screen.findByRole('menuitemradio', { name: 'Desk microphone' }));
    expect(session.asked).toEqual(['audioinput mic-2']);
    expect(localStorage.getItem('parley.preferences')).toContain('mic-2');
  });
});

describe('the keys', () => {
  it.each([
    [{ key: 'm' }, 'microphone on'],
    [{ key: 'v' }, 'camera toggle'],
    [{ key: 's' }, 'screen toggle'],
    [{ key: 'd', ctrlKey: true }, 'microphone on'],
    [{ key: 'ة', code: 'KeyM' }, 'microphone on'],
  ])('%j asks for %s', (init, expected) => {
    const { session } = show();
    fireEvent.keyDown(document.body, init);
    expect(session.asked).toEqual([expected]);
  });

  it('Space talks exactly while it is held', () => {
    const { session } = show();
    fireEvent.keyDown(document.body, { key: ' ' });
    fireEvent.keyDown(document.body, { key: ' ', repeat: true });
    expect(session.asked).toEqual(['microphone on']);
    fireEvent.keyUp(document.body, { key: ' ' });
    expect(session.asked).toEqual(['microphone on', 'microphone off']);
  });

  it('Space stops talking when the window loses the keyboard', () => {
    const { session } = show();
    fireEvent.keyDown(document.body, { key: ' ' });
    fireEvent.blur(window);
    expect(session.asked).toEqual(['microphone on', 'microphone off']);
  });

  it('M while Space is held keeps the microphone on', () => {
    const { session } = show();
    fireEvent.keyDown(document.body, { key: ' ' });
    fireEvent.keyDown(document.body, { key: 'm' });
    fireEvent.keyUp(document.body, { key: ' ' });
    expect(session.asked).toEqual(['microphone on']);
  });

  it('Space leaves an open microphone and a focused button alone', () => {
    const { session } = show([{ ...me, microphone: true }, bo]);
    fireEvent.keyDown(document.body, { key: ' ' });
    fireEvent.keyUp(document.body, { key: ' ' });
    fireEvent.keyDown(screen.getByRole('button', { name: 'Camera' }), { key: ' ' });
    expect(session.asked).toEqual([]);
  });

  it('letters have no say once they are switched off, and go where they were bound to', () => {
    const { session } = show();
    keepKeys({ ...withKeys(usualKeys, 'stageCamera', 'Q'), singles: false });
    fireEvent.keyDown(document.body, { key: 'm' });
    expect(session.asked).toEqual([]);
    fireEvent.keyDown(document.body, { key: 'e', ctrlKey: true });
    expect(session.asked).toEqual(['camera toggle']);
    keepKeys(withKeys(usualKeys, 'stageCamera', 'Q'));
    fireEvent.keyDown(document.body, { key: 'v' });
    fireEvent.keyDown(document.body, { key: 'q' });
    expect(session.asked).toEqual(['camera toggle', 'camera toggle']);
    keepKeys(usualKeys);
  });

  it('Escape closes the newest notice', () => {
    const { session } = show();
    act(() =>
      session.store.dispatch({
        type: 'notice',
        notice: { id: 'camera', tone: 'error', text: { key: 'device.cameraBlocked' } },
      }),
    );
    expect(screen.getByRole('alert')).toHaveTextContent('Your camera is blocked.');
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it.each([
    [{ key: 'm', shiftKey: true }, null],
    [{ key: 'm', altKey: true }, null],
    [{ key: 's', ctrlKey: true }, null],
    [{ key: 'x' }, null],
    [{ key: 'M' }, 'stageMicrophone'],
    [{ key: 'd', ctrlKey: true }, 'microphone'],
    [{ key: ']' }, 'nextPage'],
  ])('%j means %s', (init, expected) => {
    expect(callKeyOf(new KeyboardEvent('keydown', init))).toBe(expected);
  });
});
