// @vitest-environment jsdom
import { act, cleanup, createEvent, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Providers } from '@/app/Providers';
import { CallProvider } from '@/features/call/session/CallContext';
import { makePerson, makePicture, makeSession } from '@/features/call/session/people.testkit';
import type { CallSession } from '@/features/call/session/types';
import type { Share } from '@/shared/api/events';
import { createStore } from '@/shared/state/store';
import { GivenAway } from '../control/GivenAway';
import { penStore } from '../draw/penReducer';
import { noShares, sharesReducer } from '../marks/sharesReducer';
import { ShareContext, type ShareRoom } from '../ShareContext';
import { ShareViewer } from './ShareViewer';

const me = makePerson('ada', { name: 'Ada', me: true });
const mei = makePerson('mei', { name: 'Mei', screen: makePicture('s'), screenSurface: 'window' });

function show(rules: Partial<Share> = {}, owner = mei, change: Partial<CallSession> = {}) {
  const store = createStore(sharesReducer, noShares);
  store.dispatch({ type: 'shares', shares: [{ id: 's', userId: 'mei', drawers: 'everyone', controllerId: null, ...rules }] });
  const acts = { draw: vi.fn(), undo: vi.fn(), clear: vi.fn(), allow: vi.fn(), ask: vi.fn(), answer: vi.fn(), revoke: vi.fn(), input: vi.fn() };
  const room: ShareRoom = { me: 'ada', store, ...acts };
  const session = { ...makeSession(owner.me ? [owner] : [me, owner]), ...change };
  const picture = owner.screen ?? makePicture('s');
  render(
    <Providers>
      <CallProvider session={session}>
        <ShareContext.Provider value={room}>
          <GivenAway room={room} />
          <ShareViewer person={owner} screen={picture} box={{ x: 0, y: 0, width: 800, height: 450 }} onAspect={() => undefined} container={null} />
        </ShareContext.Provider>
      </CallProvider>
    </Providers>,
  );
  return { ...acts, store, session, user: userEvent.setup() };
}

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(800);
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(450);
  vi.stubGlobal('PointerEvent', MouseEvent);
  HTMLElement.prototype.setPointerCapture = () => undefined;
});
afterEach(() => penStore.dispatch({ type: 'tool', tool: null }));

const surface = () => screen.getByRole('figure').querySelector('.touch-none') ?? document.body;

describe('a shared screen', () => {
  it('says whose it is and what it is', () => {
    show();
    expect(screen.getByRole('figure', { name: 'Screen of Mei' })).toBeInTheDocument();
    expect(screen.getByText('Mei shares a window')).toBeInTheDocument();
  });

  it('is drawn on where the hand is, as a part of the source', async () => {
    const { user, draw } = show();
    await user.click(within(screen.getByRole('toolbar', { name: 'Drawing' })).getByRole('button', { name: 'Box' }));
    fireEvent.pointerDown(surface(), { clientX: 400, clientY: 225, button: 0 });
    fireEvent.pointerMove(surface(), { clientX: 600, clientY: 360 });
    fireEvent.pointerUp(surface(), { clientX: 600, clientY: 360 });
    expect(draw).toHaveBeenLastCalledWith('s', expect.objectContaining({ tool: 'box', points: [0.5, 0.5, 0.75, 0.8], more: false }));
  });

  it('takes tools by keys, and Esc lays them down', () => {
    show();
    fireEvent.keyDown(window, { key: '3' });
    expect(screen.getByRole('button', { name: 'Arrow' })).toHaveAttribute('aria-pressed', 'true');
    fireEvent.keyDown(window, { key: 'Escape' });
    expect(screen.getByRole('button', { name: 'Arrow' })).toHaveAttribute('aria-pressed', 'false');
  });

  it('undoes and clears by keys', () => {
    const { undo, clear } = show();
    fireEvent.keyDown(window, { key: 'z', ctrlKey: true });
    fireEvent.keyDown(window, { key: 'Delete', shiftKey: true });
    expect(undo).toHaveBeenCalledWith('s');
    expect(clear).toHaveBeenCalledWith('s', false);
  });

  it('lets marks fade that nobody kept, and takes them away', () => {
    const { store } = show();
    const marks = () => [...screen.getByRole('figure').querySelectorAll('[data-marks] svg')].map((layer) => layer.classList.contains('mark-going'));
    const stroke = { id: '1', author: 'jon', tool: 'pen', points: [0, 0, 1, 1], more: false } as const;
    act(() => store.dispatch({ type: 'added', shareId: 's', stroke, me: 'ada', now: 0 }));
    expect(marks()).toEqual([false]);
    act(() => store.dispatch({ type: 'cleared', shareId: 's', author: 'jon', now: 29_000 }));
    expect(marks()).toEqual([true]);
    act(() => store.dispatch({ type: 'quiet', now: 30_000 }));
    expect(marks()).toEqual([]);
  });

  it('has no tools for those who may not draw, and says so', () => {
    const { draw } = show({ drawers: 'hosts' });
    expect(screen.queryByRole('toolbar', { name: 'Drawing' })).not.toBeInTheDocument();
    expect(screen.getByText('Mei keeps drawing to hosts')).toBeInTheDocument();
    fireEvent.keyDown(window, { key: '1' });
    fireEvent.pointerDown(surface(), { clientX: 400, clientY: 225, button: 0 });
    expect(draw).not.toHaveBeenCalled();
  });

  it('has bars that the Tab key reaches once, and arrows walk', async () => {
    const { user } = show();
    const bar = screen.getByRole('toolbar', { name: 'Shared screen' });
    const keys = within(bar).getAllByRole('button');
    const stops = () => keys.filter((key) => key.tabIndex === 0);
    expect(keys.length).toBeGreaterThan(2);
    expect(stops()).toEqual([keys[0]]);
    act(() => keys[0]?.focus());
    await user.keyboard('{ArrowRight}');
    expect(keys[1]).toHaveFocus();
    expect(stops()).toEqual([keys[1]]);
    await user.keyboard('{Home}{ArrowLeft}');
    expect(keys.at(-1)).toHaveFocus();
    await user.tab({ shift: true });
    expect(bar).not.toContainElement(document.activeElement as HTMLElement);
  });

  it('gives the tools one stop, too, and walks them both ways', async () => {
    const { user } = show();
    const keys = within(screen.getByRole('toolbar', { name: 'Drawing' })).getAllByRole('button');
    act(() => keys[0]?.focus());
    await user.keyboard('{ArrowDown}{ArrowRight}');
    expect(keys[2]).toHaveFocus();
    expect(keys.filter((key) => key.tabIndex === 0 && !key.matches(':disabled'))).toEqual([keys[2]]);
  });

  it('stands still while the line of its sharer is broken, and says so', () => {
    show({}, { ...mei, away: true });
    expect(screen.getByText('Picture stands still')).toBeInTheDocument();
  });

  it('that is paused says so', () => {
    show({}, { ...mei, screenPaused: true });
    expect(screen.getByText('Mei paused the share')).toBeInTheDocument();
  });
});

describe('looking at a share', () => {
  const plane = () => {
    const { left, width } = (surface().firstElementChild as HTMLElement).style;
    return { left: Number.parseFloat(left), width: Number.parseFloat(width) };
  };
  const drag = (by: number) => {
    fireEvent.pointerDown(surface(), { clientX: 400, clientY: 225, button: 0 });
    fireEvent.pointerMove(surface(), { clientX: 400 + by, clientY: 225 });
    fireEvent.pointerUp(surface(), { clientX: 400 + by, clientY: 225 });
  };

  it('zooms at the pointer by the wheel, up to twice the pixels of the source', () => {
    show();
    expect(plane()).toEqual({ left: 0, width: 800 });
    fireEvent.wheel(surface(), { deltaY: -200, clientX: 800, clientY: 225 });
    expect(plane().width).toBeGreaterThan(1000);
    expect(plane().left + plane().width).toBeCloseTo(800);
    fireEvent.wheel(surface(), { deltaY: -9999, clientX: 0, clientY: 0 });
    expect(plane().width).toBeCloseTo(3200);
  });

  it('zooms between two fingers', () => {
    show();
    const touch = (type: 'pointerDown' | 'pointerMove', id: number, clientX: number) => {
      const event = createEvent[type](surface(), { clientX, clientY: 225, button: 0 });
      Object.defineProperty(event, 'pointerId', { value: id });
      fireEvent(surface(), event);
    };
    touch('pointerDown', 1, 300);
    touch('pointerDown', 2, 500);
    touch('pointerMove', 2, 700);
    expect(plane()).toEqual({ left: -500, width: 1600 });
  });

  it('moves by a drag, with a tool in the hand while Space is held', () => {
    const { draw } = show();
    fireEvent.wheel(surface(), { deltaY: -9999, clientX: 400, clientY: 225 });
    const { left } = plane();
    drag(50);
    expect(plane().left).toBeCloseTo(left + 50);
    fireEvent.keyDown(window, { key: '1' });
    fireEvent.keyDown(window, { key: ' ' });
    drag(50);
    expect(plane().left).toBeCloseTo(left + 100);
    expect(draw).not.toHaveBeenCalled();
    // A key released in another window is never told of.
    fireEvent.blur(window);
    drag(50);
    expect(plane().left).toBeCloseTo(left + 100);
    expect(draw).toHaveBeenCalled();
  });

  it('shows who shares until the first frame is there', () => {
    show();
    expect(screen.getByText('Waiting for the first picture')).toBeInTheDocument();
    const video = screen.getByRole('figure').querySelector('video');
    expect(video).toHaveClass('opacity-0');
    if (video) fireEvent.loadedData(video);
    expect(video).not.toHaveClass('opacity-0');
  });
});

describe('a share in a window of its own', () => {
  let frame: HTMLIFrameElement;
  const own = () => within(frame.contentDocument?.body ?? document.body);
  beforeEach(() => {
    frame = document.createElement('iframe');
    document.body.append(frame);
    vi.stubGlobal('documentPictureInPicture', { requestWindow: () => Promise.resolve(frame.contentWindow) });
  });
  afterEach(() => {
    // Before the window goes that it is in.
    cleanup();
    vi.unstubAllGlobals();
    frame.remove();
  });
  const popOut = async (rules: Partial<Share> = {}) => {
    const shown = show(rules);
    await shown.user.click(screen.getByRole('button', { name: 'Open in its own window' }));
    await own().findByRole('figure', { name: 'Screen of Mei' });
    return shown;
  };

  it('has the bars that it has in the page', async () => {
    await popOut();
    const bar = within(own().getByRole('toolbar', { name: 'Shared screen' }));
    expect(bar.getByText('Mei shares a window')).toBeInTheDocument();
    expect(bar.getByRole('button', { name: 'Zoom' })).toBeInTheDocument();
    expect(bar.queryByRole('button', { name: 'Open in its own window' })).not.toBeInTheDocument();
    // Where the browser gives such a window no full screen, there is no key for it.
    expect(bar.queryByRole('button', { name: /^Full screen/ })).not.toBeInTheDocument();
    expect(screen.queryByRole('toolbar', { name: 'Shared screen' })).not.toBeInTheDocument();
  });

  it('fills the screen where the browser lets it', async () => {
    const home = frame.contentDocument ?? document;
    Object.defineProperty(home, 'fullscreenEnabled', { value: true });
    const fill = vi.fn(() => Promise.resolve());
    home.documentElement.requestFullscreen = fill;
    const { user } = await popOut();
    await user.click(own().getByRole('button', { name: /^Full screen/ }));
    expect(fill).toHaveBeenCalled();
    Object.defineProperty(home, 'fullscreenElement', { value: home.documentElement, configurable: true });
    fireEvent(home, new Event('fullscreenchange'));
    expect(own().getByRole('button', { name: /^Leave full screen/ })).toBeInTheDocument();
  });

  it('says that it waits, and that it stands still', async () => {
    const { session } = await popOut();
    expect(own().getByText('Waiting for the first picture')).toBeInTheDocument();
    act(() => session.store.dispatch({ type: 'reconnecting', now: 0 }));
    expect(own().getByText('Picture stands still')).toBeInTheDocument();
  });

  it('leaves keys to what is written there', async () => {
    await popOut();
    const field = frame.contentDocument?.createElement('input') ?? document.createElement('input');
    frame.contentDocument?.body.append(field);
    fireEvent.keyDown(field, { key: '1' });
    expect(penStore.getState().tool).toBeNull();
    fireEvent.keyDown(frame.contentWindow ?? window, { key: '1' });
    expect(penStore.getState().tool).toBe('pen');
  });
});

describe('control', () => {
  it('is asked for, with what a browser cannot do', async () => {
    const { ask, user } = show();
    await user.click(screen.getByRole('button', { name: /^Ask for control.*never your computer/ }));
    expect(ask).toHaveBeenCalledWith('s');
  });

  it('sends every key to the sharer, and Esc Esc gives it back', () => {
    const { input, revoke } = show({ controllerId: 'ada' });
    const hands = screen.getByRole('application', { name: 'Screen of Mei, under your control' });
    fireEvent.keyDown(hands, { key: '1' });
    expect(input).toHaveBeenCalledWith('s', expect.objectContaining({ kind: 'keydown', key: '1' }));
    expect(penStore.getState().tool).toBeNull();
    fireEvent.keyDown(hands, { key: 'Escape' });
    fireEvent.keyDown(hands, { key: 'Escape' });
    expect(revoke).toHaveBeenCalledWith('s');
  });
});

describe('my own share', () => {
  const mine = { ...me, screen: makePicture('s'), screenSurface: 'monitor' as const };

  it('is paused and stopped', async () => {
    const { user, session } = show({ userId: 'ada' }, mine);
    const bar = within(screen.getByRole('toolbar', { name: 'Your share' }));
    expect(bar.getAllByRole('button').map((key) => key.tabIndex)).toEqual([0, -1, -1, -1, -1]);
    await user.click(bar.getByRole('button', { name: 'Pause the share' }));
    await user.click(bar.getByRole('button', { name: 'Stop sharing' }));
    expect(session.asked).toEqual(['screen paused', 'screen off']);
  });

  it('in other hands frames the page of the call in amber, and Esc Esc takes it back', () => {
    const { revoke, store } = show({ userId: 'ada', controllerId: 'mei' }, mine, { screen: { ...makeSession([]).screen, tab: () => 'other-tab' } });
    const frame = () => document.querySelector('.controlled-frame');
    expect(frame()).toBeInTheDocument();
    expect(screen.getByText(/controls your tab\. Esc Esc takes control back/)).toBeInTheDocument();
    fireEvent.keyDown(window, { key: 'Escape' });
    expect(revoke).not.toHaveBeenCalled();
    fireEvent.keyDown(window, { key: 'Escape' });
    expect(revoke).toHaveBeenCalledWith('s');
    act(() => store.dispatch({ type: 'control', shareId: 's', controllerId: null }));
    expect(frame()).not.toBeInTheDocument();
  });

  it('cannot be handed over unless it is a tab of Parley', async () => {
    const { store, answer, user } = show({ userId: 'ada' }, mine);
    act(() => store.dispatch({ type: 'requested', shareId: 's', by: { userId: 'jon', name: 'Jonas' } }));
    expect(screen.getByRole('alert')).toHaveTextContent('A browser can hand over only a shared Parley tab');
    expect(screen.queryByRole('button', { name: 'Allow' })).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Not now' }));
    expect(answer).toHaveBeenCalledWith('s', 'jon', false);
  });
});
