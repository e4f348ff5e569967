// @vitest-environment jsdom
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ClientContext, createClient } from '@/app/client';
import { Providers } from '@/app/Providers';
import type { Link } from '@/shared/api/socket';
import type { ServerConfig } from '@/shared/api/types';
import { DeviceCheck } from '@/features/call/devices/DeviceCheck';
import { makeCall, makeMember, makeRoom, makeUser } from '@/testing/things';
import type { CallSession } from '@/features/call/session/types';
import { enterCall } from './actions';
import { CallButton } from './CallButton';
import { HeldBar } from './HeldBar';
import { IncomingCalls } from './IncomingCalls';

const config = { features: { calls: true }, calls: { ringTimeout: 45 }, events: { socketIoPath: '/socket.io/' } } as unknown as ServerConfig;

/** A browser with these devices. */
function plugIn(...kinds: MediaDeviceKind[]) {
  const getUserMedia = vi.fn(() => Promise.reject(new DOMException('none', 'NotFoundError')));
  vi.stubGlobal('isSecureContext', true);
  Object.defineProperty(navigator, 'mediaDevices', {
    configurable: true,
    value: Object.assign(new EventTarget(), {
      getUserMedia,
      enumerateDevices: () => Promise.resolve(kinds.map((kind) => ({ kind, deviceId: kind, label: kind }))),
    }),
  });
  return getUserMedia;
}

function setUp() {
  const link = { state: () => 'online', onState: () => () => undefined, on: () => () => undefined, ask: vi.fn(), tell: vi.fn() };
  const client = createClient(config, { link: link as unknown as Link });
  client.session.dispatch({ type: 'in', user: makeUser('me') });
  client.rooms.dispatch({ type: 'loaded', rooms: [makeRoom('room')] });
  const show = (page: React.ReactNode) =>
    render(
      <Providers>
        <ClientContext.Provider value={client}>{page}</ClientContext.Provider>
      </Providers>,
    );
  const wish = () => {
    const active = client.active.getState();
    return active.step === 'joining' ? active.wish : null;
  };
  return { client, show, wish, user: userEvent.setup() };
}

describe('ways into a call', () => {
  beforeEach(() => void plugIn('audioinput', 'videoinput'));

  it('rings only those who were chosen', async () => {
    const { client, show, wish, user } = setUp();
    const members = ['me', 'ada', 'bob'].map((id) => makeMember(id));
    client.rooms.dispatch({ type: 'members', roomId: 'room', members });
    show(<CallButton room={makeRoom('room')} />);
    await user.click(screen.getByRole('button', { name: 'More ways' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Ring only some…' }));
    await screen.findByRole('list', { name: 'Whom to ring' });
    expect(screen.getAllByRole('checkbox')).toHaveLength(2);
    expect(within(screen.getByRole('dialog')).getByRole<HTMLButtonElement>('button', { name: 'Call' }).disabled).toBe(true);
    await user.click(screen.getByRole('checkbox', { name: /bob/i }));
    await user.click(screen.getByRole('button', { name: 'Ring one person' }));
    expect(wish()).toMatchObject({ roomId: 'room', type: 'video', ring: ['bob'] });
    const start = vi.spyOn(client.api, 'startCall').mockRejectedValue(new Error('away'));
    await enterCall(client, { roomId: 'room', type: 'video', enter: 'chosen', ring: ['bob'] }).catch(() => undefined);
    expect(start.mock.calls).toEqual([['room', 'video', ['bob']]]);
  });

  it.each(['ringing', 'active'] as const)('stand beside the button of a call that is %s', async (status) => {
    const { client, show, wish, user } = setUp();
    client.calls.dispatch({ type: 'call', call: makeCall('call', { roomId: 'room', status }), me: 'me' });
    show(<CallButton room={makeRoom('room')} />);
    await user.click(screen.getByRole('button', { name: 'More ways' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Check camera and sound first' }));
    expect(window.location.pathname).toBe('/r/room/call');
    expect(wish()).toBeNull();
    await user.click(screen.getByRole('button', { name: 'More ways' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Sound only' }));
    expect(wish()).toMatchObject({ roomId: 'room', enter: 'sound' });
  });

  it.each([
    ['the camera', ['audioinput', 'videoinput'], 'chosen'],
    ['sound where there is no camera', ['audioinput'], 'sound'],
  ] as const)('by Ctrl Shift A: with %s', async (_, devices, enter) => {
    plugIn(...devices);
    const { client, show, wish } = setUp();
    const call = makeCall('call', { roomId: 'room', status: 'ringing' });
    client.calls.dispatch({ type: 'rings', ringing: { call, fromId: 'bo', fromName: 'Bo', since: Date.now(), silent: true } });
    show(<IncomingCalls />);
    if (enter === 'sound') await screen.findByText('No camera found: you answer with sound.');
    fireEvent.keyDown(document.body, { key: 'A', ctrlKey: true, shiftKey: true });
    expect(wish()).toMatchObject({ callId: 'call', enter });
  });
});

describe('a call that rings during another', () => {
  function twoCalls() {
    const parts = setUp();
    const { client, show } = parts;
    client.rooms.dispatch({ type: 'loaded', rooms: [makeRoom('room'), makeRoom('first', { name: 'Bridge' })] });
    const hold = vi.fn();
    const leave = vi.fn();
    const session = { hold, leave, store: { getState: () => ({ phase: 'connected' }), subscribe: () => () => undefined } } as unknown as CallSession;
    client.active.dispatch({ type: 'resumed', wish: { roomId: 'first', type: 'video', enter: 'chosen' }, callId: 'one', session });
    client.calls.dispatch({ type: 'rings', ringing: { call: makeCall('two', { roomId: 'room', status: 'ringing' }), fromId: 'bo', fromName: 'Bo', since: Date.now(), silent: true } });
    show(
      <>
        <IncomingCalls />
        <HeldBar />
      </>,
    );
    return { ...parts, hold, leave };
  }
  beforeEach(() => void plugIn('audioinput', 'videoinput'));

  it('is answered while the first one waits, and back', async () => {
    const { client, user, wish, hold, leave } = twoCalls();
    await user.click(screen.getByRole('button', { name: 'Hold and answer' }));
    expect(hold).toHaveBeenLastCalledWith(true);
    expect(leave).not.toHaveBeenCalled();
    expect(wish()).toMatchObject({ roomId: 'room', callId: 'two' });
    const bar = screen.getByRole('region', { name: 'Call on hold' });
    expect(bar).toHaveTextContent('Bridge · on hold');
    await user.click(screen.getByRole('button', { name: 'Return' }));
    expect(hold).toHaveBeenLastCalledWith(false, true);
    expect(client.active.getState()).toMatchObject({ step: 'call', callId: 'one' });
    expect(bar).not.toBeInTheDocument();
  });

  it('leaves the first one when told to', async () => {
    const { client, user, hold, leave } = twoCalls();
    await user.click(screen.getByRole('button', { name: 'Leave and answer' }));
    expect(hold).not.toHaveBeenCalled();
    expect(leave).toHaveBeenCalledOnce();
    expect(client.held.getState()).toBeNull();
  });

  it('brings back into the first one, silent, when the second is over', async () => {
    const { client, user, hold } = twoCalls();
    await user.click(screen.getByRole('button', { name: 'Hold and answer' }));
    act(() => client.active.dispatch({ type: 'close' }));
    expect(hold).toHaveBeenLastCalledWith(false, false);
    expect(client.active.getState()).toMatchObject({ step: 'call', callId: 'one' });
  });

  it('hangs up the one that waits', async () => {
    const { client, user, leave } = twoCalls();
    await user.click(screen.getByRole('button', { name: 'Hold and answer' }));
    await user.click(screen.getByRole('button', { name: 'Hang up' }));
    expect(leave).toHaveBeenCalledOnce();
    expect(client.held.getState()).toBeNull();
    expect(client.link.tell).toHaveBeenCalledWith('leave-call', { callId: 'one' });
  });
});

describe('devices in the settings', () => {
  it('listen when asked to, not before, and look at the network', async () => {
    const getUserMedia = plugIn('audioinput');
    vi.stubGlobal('fetch', vi.fn(() => Promise.reject(new TypeError('away'))));
    const { show, user } = setUp();
    show(<DeviceCheck eventsPath="/socket.io/" />);
    expect(screen.getByRole('meter', { name: 'Microphone level' })).toBeInTheDocument();
    expect(await screen.findByText('The server does not answer')).toBeInTheDocument();
    expect(getUserMedia).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Check microphone' }));
    expect(await screen.findByText(/No microphone found/)).toBeInTheDocument();
    expect(getUserMedia).toHaveBeenCalledOnce();
  });
});
