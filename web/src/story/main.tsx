// First of all: it says in which order layers of style count, also for the styles of single features.
import '@/shared/tokens/index.css';
import { createRoot } from 'react-dom/client';
import { Providers } from '@/app/Providers';
import { CallScreen } from '@/features/call/CallScreen';
import { Ended } from '@/features/call/Ended';
import { PipProvider } from '@/features/call/pip/PipContext';
import { CallProvider } from '@/features/call/session/CallContext';
import type { EndCause } from '@/features/call/session/types';
import { fakeSession } from './fakeSession';

// `npm run dev`, then /story.html?others=8&share&muted&away&notice or ?ended=removed. No part of the built page.
const query = new URLSearchParams(window.location.search);
const session = fakeSession(Number(query.get('others') ?? 8), {
  share: query.has('share'),
  muted: query.has('muted'),
  camera: !query.has('nocamera'),
});
if (query.has('away')) session.store.dispatch({ type: 'reconnecting', now: Date.now() });
if (query.has('notice')) {
  session.store.dispatch({
    type: 'notice',
    notice: { id: 'camera', tone: 'error', text: { key: 'device.cameraBlocked' } },
  });
}

const root = document.getElementById('root');
if (!root) throw new Error('story.html has no #root');
const ended = query.get('ended');
createRoot(root).render(
  <Providers>
    {ended ? (
      <Ended room="Ferry 3 launch" cause={ended as EndCause} onRejoin={() => undefined} onAnother={() => undefined} />
    ) : (
      <CallProvider session={session}>
        <PipProvider>
          <CallScreen />
        </PipProvider>
      </CallProvider>
    )}
  </Providers>,
);
