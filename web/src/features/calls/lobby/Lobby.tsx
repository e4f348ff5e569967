import { useState, type SyntheticEvent } from 'react';
import { useClient } from '@/app/client';
import { navigate, roomPath } from '@/app/router';
import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { sendMessage } from '@/features/messages/actions';
import { roomTitle } from '@/features/rooms/actions';
import type { ActiveCall } from '../activeReducer';
import { stopKnocking } from './knocking';

/** A word to the hosts while one waits; it goes into the room, where they read it. */
function Note({ room }: { room: Room }) {
  const { t } = useI18n();
  const client = useClient();
  const [step, setStep] = useState<'closed' | 'open' | 'sent'>('closed');
  const [text, setText] = useState('');
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    const content = text.trim();
    if (!content) return;
    sendMessage(client, room.id, { content });
    setStep('sent');
  };
  if (step === 'sent') return <p role="status" className="text-14 text-stage-text-2">{t('lobby.noteSent')}</p>;
  if (step === 'closed') return <Button onClick={() => setStep('open')}>{t('lobby.note')}</Button>;
  return (
    <form onSubmit={send} className="flex w-full max-w-sm gap-2">
      <input
        dir="auto"
        aria-label={t('lobby.noteLabel', { room: roomTitle(client, room) })}
        value={text}
        maxLength={500}
        // The press that opened the field asked for it.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        onChange={(event) => setText(event.target.value)}
        className="min-h-10 min-w-0 flex-1 rounded-lg bg-sunken px-3 text-14 text-text inset-ring inset-ring-line-strong pointer-coarse:min-h-11"
      />
      <Button type="submit" look="primary">
        {t('lobby.send')}
      </Button>
    </form>
  );
}

/** Before a locked call: waiting, or turned away. */
export function Lobby({ room, active }: { room: Room; active: Extract<ActiveCall, { step: 'lobby' }> }) {
  const { t } = useI18n();
  const client = useClient();
  const toRoom = () => {
    stopKnocking(client);
    navigate(roomPath(room.id));
  };
  if (active.denied) {
    return (
      <>
        <p role="alert" className="max-w-md text-15 text-stage-text-2">
          {t('lobby.denied')}
        </p>
        <Button look="primary" onClick={toRoom}>
          {t('lobby.write')}
        </Button>
      </>
    );
  }
  return (
    <>
      <p role="status" className="max-w-md text-15 text-stage-text-2">
        {t('lobby.title')}
      </p>
      <Note room={room} />
      <Button look="ghost" onClick={toRoom}>
        {t('lobby.leave')}
      </Button>
    </>
  );
}
