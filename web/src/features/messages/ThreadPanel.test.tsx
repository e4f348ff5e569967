// @vitest-environment jsdom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { makeMessage, makeRoom } from '@/testing/things';
import { renderPage } from '@/features/files/files.testkit';
import { MessageItem } from './MessageItem';
import { RoomUiContext, type RoomUi } from './RoomUi';
import { ThreadPanel } from './ThreadPanel';

const root = makeMessage(1, { replyCount: 2, lastReplyAt: '2026-11-22T09:30:00Z' });
const room = makeRoom('room', { name: 'Quay' });

function Page() {
  const [open, setOpen] = useState(false);
  const ui = { roomId: 'room', moderates: false, readOnly: false, openThread: () => setOpen(true) } as unknown as RoomUi;
  return (
    <RoomUiContext.Provider value={ui}>
      <MessageItem message={root} lead />
      {open && <ThreadPanel room={room} title="Quay" rootId="m1" onClose={() => setOpen(false)} />}
    </RoomUiContext.Provider>
  );
}

async function open(answer: (path: string) => unknown) {
  const page = renderPage(<Page />, answer);
  await act(async () => {
    fireEvent.click(screen.getByRole('button', { name: 'Reply in thread' }));
    await Promise.resolve();
  });
  return { ...page, panel: await screen.findByRole('region', { name: 'Thread' }) };
}
const empty = (path: string) => (path.includes('/thread') ? { items: [], nextCursor: null } : undefined);

describe('a thread', () => {
  it('keeps a stub of a message that is gone, and asks for the first answer', async () => {
    const { panel } = await open(empty);
    expect(await within(panel).findByText('This message was deleted.')).toBeInTheDocument();
    expect(within(panel).getByText('First answer')).toBeInTheDocument();
    expect(within(panel).getByRole('textbox', { name: 'Reply' })).toBeInTheDocument();
  });

  it('closes with Esc, and the focus goes to the line that opens it', async () => {
    const { panel } = await open((path) => (path.includes('/messages/m1') && !path.includes('thread') ? root : empty(path)));
    const field = within(panel).getByRole('textbox', { name: 'Reply' });
    field.focus();
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(panel).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: /^2 replies/ })).toHaveFocus();
  });
});
