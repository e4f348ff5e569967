import { useEffect, useState } from 'react';
import { CallPage } from '@/features/call/CallPage';
import { tokenFromFragment } from '@/features/call/session/token';
import { askConfig, restoreSession, startClient } from '@/features/session/actions';
import { Guest, Register, SignIn } from '@/features/session/SignIn';
import { Splash } from '@/features/session/Splash';
import { useStore } from '@/shared/state/store';
import { ClientContext, useClient, type Client } from './client';
import { currentRoute, navigate, quickPath, useRoute } from './router';
import { Shell } from './Shell';

const RETRY_MS = 3000;

type Boot = { readonly step: 'asking'; readonly away: boolean } | { readonly step: 'quick' } | { readonly step: 'client'; readonly client: Client };

/** Asks the server what it offers, until it answers. */
function useBoot(off: boolean): Boot {
  const [boot, setBoot] = useState<Boot>({ step: 'asking', away: false });
  useEffect(() => {
    if (off) return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      askConfig().then(
        (config) => {
          if (!stopped) setBoot(config ? { step: 'client', client: startClient(config) } : { step: 'quick' });
        },
        () => {
          if (stopped) return;
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
  }, [off]);
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
  const quick = route.place === 'quick' || hasLinkToken();
  const boot = useBoot(quick);
  if (quick || boot.step === 'quick') return <QuickApp />;
  if (boot.step === 'asking') return <Splash away={boot.away} />;
  return (
    <ClientContext.Provider value={boot.client}>
      <Inside />
    </ClientContext.Provider>
  );
}

const WISH = 'parley.wish';

/** Where somebody wanted to go before the door: they get there after it. */
function rememberWish(): void {
  const { place } = currentRoute();
  if (place === 'signin' || place === 'register' || place === 'guest' || place === 'home') return;
  sessionStorage.setItem(WISH, window.location.pathname + window.location.search);
}

function takeWish(): string {
  const wish = sessionStorage.getItem(WISH);
  sessionStorage.removeItem(WISH);
  return wish?.startsWith('/') ? wish : '/';
}

function Inside() {
  const client = useClient();
  const route = useRoute();
  const phase = useStore(client.session, (state) => state.phase);
  const away = useStore(client.session, (state) => state.away);
  useEffect(() => {
    if (client.session.getState().phase === 'restoring') return restoreSession(client);
  }, [client]);
  const outside = route.place === 'signin' || route.place === 'register' || route.place === 'guest';
  useEffect(() => {
    if (phase === 'in' && outside) navigate(takeWish(), { replace: true });
    if (phase === 'out' && !outside) {
      rememberWish();
      const first = client.config.firstRun || route.place === 'invitation';
      navigate(first ? '/register' : '/signin', { replace: true });
    }
  }, [phase, outside, client, route.place]);

  if (phase === 'restoring') return <Splash away={away} />;
  if (phase === 'in') return outside ? <Splash away={false} /> : <Shell />;
  if (route.place === 'guest') return <Guest token={route.token} />;
  if (route.place === 'register') return <Register invitation={invitationOf()} />;
  return <SignIn />;
}

/** The invitation that brought somebody here stands in the wish that the door keeps. */
function invitationOf(): string | undefined {
  const token = /^\/j\/([^/?]+)/.exec(sessionStorage.getItem(WISH) ?? '')?.[1];
  return token ? decodeURIComponent(token) : undefined;
}
