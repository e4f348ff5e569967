// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { QuickApp } from '@/app/App';
import { Providers } from '@/app/Providers';
import { makePerson, makeSession } from './session/people.testkit';
import { JoinError, type CallSession } from './session/types';

const joinCall = vi.hoisted(() => vi.fn());
vi.mock('./session/livekit', () => ({ joinCall }));

const answer = (status: number, body: unknown) =>
  vi.stubGlobal(
    'fetch',
    vi.fn<typeof fetch>(() => Promise.resolve(new Response(JSON.stringify(body), { status }))),
  );

function openPage(path: string) {
  window.history.replaceState(null, '', path);
  render(
    <Providers>
      <QuickApp />
    </Providers>,
  );
  return userEvent.setup();
}

async function join(user: ReturnType<typeof userEvent.setup>) {
  await user.type(screen.getByLabelText('Name'), 'Ada');
  await user.click(screen.getByRole('button', { name: 'Join' }));
}

// The chunk of the call takes a while to compile, once.
beforeAll(() => import('./call'));

describe('CallPage', () => {
  let session: CallSession & { asked: string[] };
  beforeEach(() => {
    session = makeSession([makePerson('ada', { name: 'Ada', me: true }), makePerson('bo', { name: 'Bo', microphone: false })]);
    joinCall.mockReset();
    joinCall.mockResolvedValue(session);
    answer(200, { token: 'abc' });
  });

  it('fills in the room of the address, joins, and says how the call ended', async () => {
    const user = openPage('/r/ferry%203');
    expect(screen.getByLabelText('Room name')).toHaveValue('ferry 3');
    await join(user);
    expect(await screen.findByRole('list', { name: 'Participants on stage' })).toBeInTheDocument();
    expect(joinCall.mock.calls[0]?.slice(0, 2)).toEqual([{ token: 'abc', url: 'ws://localhost:3000' }, 'ferry 3']);

    await user.click(screen.getByRole('button', { name: 'Leave' }));
    expect(session.asked).toEqual(['leave']);
    session.store.dispatch({ type: 'ended', cause: 'left' });
    expect(await screen.findByRole('heading', { name: 'You left the call' })).toBeInTheDocument();
    joinCall.mockResolvedValue(makeSession([makePerson('ada', { me: true })]));
    await user.click(screen.getByRole('button', { name: 'Rejoin' }));
    await screen.findByRole('list', { name: 'Participants on stage' });
    expect(joinCall).toHaveBeenCalledTimes(2);
  });

  it('takes the address of the room that was typed, and remembers the name', async () => {
    const user = openPage('/');
    await user.type(screen.getByLabelText('Room name'), 'größe/7');
    await join(user);
    await screen.findByRole('list', { name: 'Participants on stage' });
    expect(window.location.pathname).toBe('/r/gr%C3%B6%C3%9Fe%2F7');
    expect(localStorage.getItem('parley.preferences')).toContain('"name":"Ada"');
  });

  it('asks for a token where the server hands out none, and uses it', async () => {
    answer(404, {});
    const user = openPage('/r/harbour');
    await join(user);
    await user.type(await screen.findByLabelText('Access token'), 'p.a.s{Enter}');
    await screen.findByRole('list', { name: 'Participants on stage' });
    expect(joinCall.mock.calls[0]?.[0]).toEqual({ token: 'p.a.s', url: 'ws://localhost:3000' });
  });

  it('uses the token of the link for its room and asks for none', async () => {
    const claims = btoa(JSON.stringify({ name: 'Cleo', video: { room: 'harbour' } }));
    const user = openPage(`/#?token=x.${claims}.y`);
    expect(screen.getByLabelText('Room name')).toHaveValue('harbour');
    expect(screen.getByLabelText('Name')).toHaveValue('Cleo');
    await user.click(screen.getByRole('button', { name: 'Join' }));
    await screen.findByRole('list', { name: 'Participants on stage' });
    expect(joinCall.mock.calls[0]?.[0]).toEqual({ token: `x.${claims}.y`, url: 'ws://localhost:3000' });
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each([
    [{ kind: 'tokenRefused', detail: 'expired' } as const, 'The server refused the access token: expired. Ask for a new one.'],
    [{ kind: 'away' } as const, /The server does not answer/],
    [{ kind: 'media' } as const, /find no way/],
  ])('names the cause when joining fails: %s', async (failure, words) => {
    joinCall.mockRejectedValue(new JoinError(failure));
    const user = openPage('/r/harbour');
    await join(user);
    expect(await screen.findByText(words)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Join' })).toBeEnabled();
  });
});
