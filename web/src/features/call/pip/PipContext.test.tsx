// @vitest-environment jsdom
import { act, cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Providers } from '@/app/Providers';
import { FloatingCall } from '../FloatingCall';
import { makeRoomCall } from '../roomCall.testkit';
import { CallProvider } from '../session/CallContext';
import { makePerson, makePicture, makeSession } from '../session/people.testkit';
import type { Person } from '../session/types';
import { RoomCallContext } from '../session/RoomCallContext';
import { PipProvider } from './PipContext';

const people = [makePerson('ada', { name: 'Ada', me: true }), makePerson('bo', { name: 'Bo' })];

let frame: HTMLIFrameElement;
const small = () => within(frame.contentDocument?.body ?? document.body);
/** What the browser calls as the tab goes out of sight. */
let hide: () => void = () => undefined;

function show(requestWindow: () => Promise<Window | null>, existing: Window | null = null, here: readonly Person[] = people) {
  const opening = vi.fn(requestWindow);
  vi.stubGlobal('documentPictureInPicture', { requestWindow: opening, window: existing });
  const session = makeSession(here);
  const roomCall = makeRoomCall();
  render(
    <Providers>
      <CallProvider session={session}>
        <RoomCallContext.Provider value={roomCall.value}>
          <PipProvider>
            <FloatingCall />
          </PipProvider>
        </RoomCallContext.Provider>
      </CallProvider>
    </Providers>,
  );
  return { session, roomCall, opening };
}

beforeEach(() => {
  frame = document.createElement('iframe');
  document.body.append(frame);
  Object.defineProperty(navigator, 'mediaSession', {
    configurable: true,
    value: {
      setActionHandler: (action: string, handler: (() => void) | null) => {
        if (action === 'enterpictureinpicture') hide = handler ?? (() => undefined);
      },
    },
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, 'mediaSession');
  frame.remove();
});

describe('the small window on top', () => {
  it('opens by itself as the tab hides, also while the call is only a small window in the page', async () => {
    show(() => Promise.resolve(frame.contentWindow));
    act(hide);
    expect(await small().findByText('Bo')).toBeInTheDocument();
  });

  it('leads back to the tab and to the page of the call', async () => {
    const { roomCall } = show(() => Promise.resolve(frame.contentWindow));
    const focus = vi.spyOn(window, 'focus').mockImplementation(() => undefined);
    const close = vi.spyOn(frame.contentWindow ?? window, 'close').mockImplementation(() => undefined);
    act(hide);
    await userEvent.setup().click(await small().findByRole('button', { name: 'Back to the call' }));
    expect(focus).toHaveBeenCalled();
    expect(roomCall.asked).toEqual(['open']);
    expect(close).toHaveBeenCalled();
  });

  it('is not missed where the browser does not let it open by itself', async () => {
    const { opening, session } = show(() => Promise.reject(new Error('no')));
    act(hide);
    await act(() => Promise.resolve());
    expect(opening).toHaveBeenCalledTimes(1);
    expect(session.store.getState().notices).toEqual([]);
    expect(screen.getByRole('region', { name: /^Call in/ })).toBeInTheDocument();
  });

  it.each([
    [false, 1],
    [true, 0],
  ])('shows who shares; paused (%s), the share is no black picture', (screenPaused, pictures) => {
    show(() => Promise.reject(new Error('no')), null, [...people, makePerson('mei', { name: 'Mei', screen: makePicture('s'), screenPaused })]);
    expect(screen.getByText('Mei')).toBeInTheDocument();
    expect(screen.getByRole('region', { name: /^Call in/ }).querySelectorAll('video')).toHaveLength(pictures);
  });

  it('does not take the place of a share in a window of its own', () => {
    const { opening } = show(() => Promise.resolve(frame.contentWindow), window);
    act(hide);
    expect(opening).not.toHaveBeenCalled();
  });
});
