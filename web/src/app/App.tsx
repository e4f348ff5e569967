import { lazy, Suspense, useEffect, useState } from 'react';
import { CallPage } from '@/features/call/CallPage';
import { tokenFromFragment } from '@/features/call/session/token';
import { askConfig, startClient } from '@/features/session/actions';
import { Guest, GuestAsMember } from '@/features/session/Guest';
import { Register } from '@/features/session/Register';
import { takeReturned, type Returned } from '@/features/session/returned';
import { SignIn } from '@/features/session/SignIn';
import { Splash } from '@/features/session/Splash';
import { rememberWish, takeWish, wishedInvitation } from '@/features/session/wish';
import { keptShell } from '@/pwa/keptShell';
import { useStore } from '@/shared/state/store';
import { ClientContext, useClient, type Client } from './client';
import { navigate, quickPath, useRoute } from './router';
import { Shell } from './Shell';

const SharedPage = lazy(async () => ({ default: (await import('@/features/files/SharedPage')).SharedPage }));

const RETRY_MS = 3000;

type Boot = { readonly step: 'asking'; readonly away: boolean } | { readonly step: 'quick' } | { readonly step: 'client'; readonly client: Client };

/** Asks the server what it offers, until it answers. */
function useBoot(off: boolean, returned: Returned | null): Boot {
  const [boot, setBoot] = useState<Boot>({ step: 'asking', away: false });
  useEffect(() => {
    if (off) return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      askConfig().then(
        (config) => {
          if (!stopped) setBoot(config ? { step: 'client', client: startClient(config, returned) } : { step: 'quick' });
        },
        () => {
          if (stopped) return;
          // Whoever was here last time finds the page as it was, and what is new comes with the line.
          const kept = returned ? null : keptShell();
          if (kept) {
            setBoot({ step: 'client', client: startClient(kept.config) });
            return;
          }
          setBoot({ step: 'asking', away: true });
          timer = setTimeout(ask, RETRY_MS);
        },
      );
    };
    ask();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [off, returned]);
  return boot;
}

/** Calls without an account: for a server without accounts, and for links that bring their own token. */
export function QuickApp() {
  const route = useRoute();
  const quick = route.place === 'quick';
  const room = route.place === 'room' || route.place === 'quick' ? route.room : '';
  return quick ? <CallPage room={room} home="/quick" pathOf={quickPath} /> : <CallPage room={room} />;
}

const hasLinkToken = (): boolean => tokenFromFragment(window.location.hash) !== null;

export function App() {
  const route = useRoute();
  const shared = route.place === 'shared' ? route.token : null;
  const quick = route.place === 'quick' || hasLinkToken();
  const [returned] = useState(takeReturned);
  const boot = useBoot(quick || shared !== null, returned);
  if (shared !== null) {
    return (
      <Suspense fallback={null}>
        <SharedPage token={shared} />
      </Suspense>
    );
  }
  if (quick || boot.step === 'quick') return <QuickApp />;
  if (boot.step === 'asking') return <Splash away={boot.away} />;
  return (
    <ClientContext.Provider value={boot.client}>
      <Inside />
    </ClientContext.Provider>
  );
}

function Inside() {
  const client = useClient();
  const route = useRoute();
  const phase = useStore(client.session, (state) => state.phase);
  const away = useStore(client.session, (state) => state.away);
  const user = useStore(client.session, (state) => state.user);
  const outside = route.place === 'signin' || route.place === 'register' || route.place === 'guest';
  useEffect(() => {
    if (phase === 'in' && outside && route.place !== 'guest') navigate(takeWish(), { replace: true });
    if (phase === 'out' && !outside) {
      if (route.place !== 'home') rememberWish();
      const first = client.config.firstRun || route.place === 'invitation';
      navigate(first ? '/register' : '/signin', { replace: true });
    }
  }, [phase, outside, client, route.place]);

  if (phase === 'restoring') return <Splash away={away} />;
  if (phase === 'in') {
    if (route.place === 'guest') return user?.guest ? <EnterGuestRoom /> : <GuestAsMember token={route.token} />;
    return outside ? <Splash away={false} /> : <Shell />;
  }
  if (route.place === 'guest') return <Guest token={route.token} />;
  if (route.place === 'register') return <Register invitation={wishedInvitation()} />;
  return <SignIn />;
}

/** A guest who is in leaves the door; there is one room, and home is that. */
function EnterGuestRoom() {
  useEffect(() => navigate('/', { replace: true }), []);
  return <Splash away={false} />;
}
