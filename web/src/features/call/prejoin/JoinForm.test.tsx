// @vitest-environment jsdom
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { I18nProvider, type Language } from '@/shared/i18n';
import { JoinForm, type JoinWish } from './JoinForm';

interface Options {
  room?: string;
  needsToken?: boolean;
  joining?: boolean;
  failure?: string;
  language?: Language;
}

function show({ room = '', needsToken = false, joining = false, failure, language = 'en' }: Options = {}) {
  const onJoin = vi.fn<(wish: JoinWish) => void>();
  const onCancel = vi.fn();
  function Harness() {
    const [name, setName] = useState('');
    const [where, setRoom] = useState(room);
    return (
      <JoinForm
        name={name}
        onName={setName}
        room={where}
        onRoom={setRoom}
        needsToken={needsToken}
        linkToken={false}
        joining={joining}
        failure={failure ?? null}
        onJoin={onJoin}
        onCancel={onCancel}
      />
    );
  }
  render(
    <I18nProvider initial={language}>
      <Harness />
    </I18nProvider>,
  );
  return { onJoin, onCancel, user: userEvent.setup() };
}

describe('JoinForm', () => {
  it('joins with what was typed, without the blanks around it', async () => {
    const { onJoin, user } = show();
    await user.type(screen.getByLabelText('Name'), ' Ada ');
    await user.type(screen.getByLabelText('Room name'), ' harbour ');
    await user.click(screen.getByRole('button', { name: 'Join' }));
    expect(onJoin).toHaveBeenCalledWith({ name: 'Ada', room: 'harbour', token: '', quiet: false });
  });

  it('joins by Enter', async () => {
    const { onJoin, user } = show({ room: 'harbour' });
    await user.type(screen.getByLabelText('Name'), 'Ada{Enter}');
    expect(onJoin).toHaveBeenCalledTimes(1);
  });

  it('enters with both devices off when asked to', async () => {
    const { onJoin, user } = show({ room: 'harbour' });
    await user.type(screen.getByLabelText('Name'), 'Ada');
    await user.click(screen.getByRole('button', { name: 'Enter with camera and microphone off' }));
    expect(onJoin.mock.calls[0]?.[0].quiet).toBe(true);
  });

  it('names what is missing, ties it to its field and puts the focus there', async () => {
    const { onJoin, user } = show();
    await user.click(screen.getByRole('button', { name: 'Join' }));
    const name = screen.getByLabelText('Name');
    expect(name).toHaveFocus();
    expect(name).toBeInvalid();
    expect(name).toHaveAccessibleDescription('Type the name that others shall see.');
    expect(screen.getByLabelText('Room name')).toHaveAccessibleDescription(/Type the name of a room/);
    expect(onJoin).not.toHaveBeenCalled();
  });

  it('asks for a token when the server hands out none', async () => {
    const { onJoin, user } = show({ room: 'harbour', needsToken: true });
    const token = screen.getByLabelText('Access token');
    expect(token).toHaveFocus();
    expect(token).toHaveAccessibleDescription(/This server does not hand out tokens/);
    await user.type(screen.getByLabelText('Name'), 'Ada{Enter}');
    expect(onJoin).not.toHaveBeenCalled();
    expect(token).toHaveAccessibleDescription('Paste an access token.');
    await user.type(token, ' a.b.c {Enter}');
    expect(onJoin.mock.calls[0]?.[0].token).toBe('a.b.c');
  });

  it('says what stopped the last try', () => {
    show({ failure: 'The server does not answer.' });
    expect(screen.getByRole('alert')).toHaveTextContent('The server does not answer.');
  });

  it('can be taken back while joining, and does not join twice', async () => {
    const { onJoin, onCancel, user } = show({ room: 'harbour', joining: true });
    await user.type(screen.getByLabelText('Name'), 'Ada{Enter}');
    expect(onJoin).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(onCancel).toHaveBeenCalledTimes(1);
  });

  it('speaks Arabic from the right', async () => {
    show({ language: 'ar' });
    expect(document.documentElement).toHaveAttribute('dir', 'rtl');
    expect(document.documentElement).toHaveAttribute('lang', 'ar');
    expect(await screen.findByRole('button', { name: 'انضمام' })).toBeInTheDocument();
  });
});
