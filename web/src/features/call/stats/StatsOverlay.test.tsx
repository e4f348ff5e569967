// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Providers } from '@/app/Providers';
import { CallScreen } from '../CallScreen';
import { CallProvider } from '../session/CallContext';
import { makePerson, makeSession } from '../session/people.testkit';

it('opens over the call by Ctrl Shift S with what is known of each track, and closes the same way', async () => {
  const report = [{ id: 'i', type: 'inbound-rtp', frameHeight: 360, framesPerSecond: 25, freezeCount: 1 }];
  const raw = { identity: 'bo', name: 'Bo', me: false, kind: 'camera', fullHeight: 720, report } as const;
  const session = { ...makeSession([makePerson('me', { me: true })]), tracks: () => Promise.resolve([raw]) };
  render(
    <Providers>
      <CallProvider session={session}>
        <CallScreen />
      </CallProvider>
    </Providers>,
  );
  const press = () => fireEvent.keyDown(document.body, { key: 'S', ctrlKey: true, shiftKey: true });
  press();
  const overlay = screen.getByRole('dialog', { name: 'Statistics' });
  expect(await screen.findByText('360p of 720p')).toBeInTheDocument();
  expect(overlay).toHaveTextContent('Frames25 a second');
  expect(overlay).toHaveTextContent('Frozen1 time');
  expect(overlay).toHaveTextContent('Receiving–');
  press();
  expect(screen.queryByRole('dialog', { name: 'Statistics' })).not.toBeInTheDocument();
});
