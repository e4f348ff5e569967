import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { CallHost } from '@/features/calls/CallHost';
import { HeldBar } from '@/features/calls/HeldBar';
import { IncomingCalls } from '@/features/calls/IncomingCalls';
import { PreviewHost } from '@/features/files/preview/PreviewHost';
import { InboxPage } from '@/features/inbox/InboxPage';
import { Toasts } from '@/features/notices/Toasts';
import { CommandPalette } from '@/features/palette/CommandPalette';
import { useAppKeys } from '@/features/palette/useAppKeys';
import { RoomPage } from '@/features/rooms/RoomPage';
import { lastRoom } from '@/features/rooms/lastRoom';
import { Sidebar } from '@/features/rooms/Sidebar';
import { Welcome } from '@/features/rooms/Welcome';
import { watchIdle } from '@/features/presence/idle';
import { followDensity } from '@/features/settings/choices';
import { wire } from '@/features/session/wire';
import { useStore } from '@/shared/state/store';
import { Boundary } from '@/shared/ui/Boundary';
import { BottomBar } from './BottomBar';
import { useClient } from './client';
import { OfflineBanner } from './OfflineBanner';
import { navigate, roomPath, useRoute, type Route } from './router';
import { useSidebarFolded } from './sidebar';
import { usePageTitle } from './usePageTitle';

const ControlledTab = lazy(async () => ({ default: (await import('@/features/share/control/ControlledTab')).ControlledTab }));
const CallHistory = lazy(async () => ({ default: (await import('@/features/calls/CallHistory')).CallHistory }));
const ShortcutSheet = lazy(async () => ({ default: (await import('@/features/palette/ShortcutSheet')).ShortcutSheet }));
const SearchPage = lazy(async () => ({ default: (await import('@/features/search/SearchPage')).SearchPage }));
const SettingsDialog = lazy(async () => ({ default: (await import('@/features/settings/SettingsDialog')).SettingsDialog }));
const InvitationPage = lazy(async () => ({ default: (await import('@/features/rooms/InvitationPage')).InvitationPage }));
const FilesPage = lazy(async () => ({ default: (await import('@/features/files/FilesPage')).FilesPage }));
const AdminPlace = lazy(async () => ({ default: (await import('@/features/admin/AdminPage')).AdminPlace }));

/** Home is the room of last time, while there is one: below a dialog too, and beside the list of rooms where both fit. */
function Home() {
  const client = useClient();
  const { place } = useRoute();
  const status = useStore(client.rooms, (state) => state.status);
  const last = useStore(client.rooms, (state) => lastRoom(state));
  const phone = window.matchMedia('(max-width: 599px)').matches;
  const here = place === 'home';
  useEffect(() => {
    if (last && here && !phone) navigate(roomPath(last), { replace: true });
  }, [last, here, phone]);
  if (last && (place === 'settings' || place === 'rooms') && !phone) return <RoomPage key={last} route={{ place: 'room', room: last }} />;
  return status === 'ready' && !last ? <Welcome /> : null;
}

function Place({ route }: { route: Route }) {
  switch (route.place) {
    case 'room':
      return <RoomPage key={route.room} route={route} />;
    case 'calls':
      return <CallHistory />;
    case 'files':
      return <FilesPage />;
    case 'inbox':
      return <InboxPage />;
    case 'search':
      return <SearchPage query={route.query} />;
    case 'invitation':
      return <InvitationPage token={route.token} />;
    case 'welcome':
      return <Welcome />;
    default:
      return <Home />;
  }
}

interface Behind {
  readonly route: Route;
  readonly path: string;
}

/** What shows below a dialog that has an address of its own: the place before it, and the way back there. */
function useBackground(route: Route): Behind {
  const [behind, setBehind] = useState<Behind>({ route: { place: 'home' }, path: '/' });
  if (route.place === 'settings' || route === behind.route) return behind;
  const next = { route, path: window.location.pathname + window.location.search };
  setBehind(next);
  return next;
}

function pageOf(route: Route): 'rooms' | 'room' | 'page' {
  if (route.place === 'home' || route.place === 'rooms') return 'rooms';
  return route.place === 'room' ? 'room' : 'page';
}

/** Everything for whoever is signed in: side bar, place, call, and what lies over them. */
export function Shell() {
  const client = useClient();
  const route = useRoute();
  const { route: behind, path: back } = useBackground(route);
  const [palette, setPalette] = useState(false);
  const [sheet, setSheet] = useState(false);
  useEffect(() => wire(client), [client]);
  useEffect(() => watchIdle(client.link), [client]);
  useEffect(followDensity, []);
  const openSheet = useCallback(() => setSheet(true), []);
  const openPalette = useCallback(() => setPalette(true), []);
  useAppKeys(openPalette, openSheet);
  usePageTitle(behind);
  const folded = useSidebarFolded();
  return (
    <>
      <div className="app-frame" data-page={pageOf(behind)} data-side={folded ? 'folded' : undefined}>
        {behind.place === 'admin' ? (
          <Suspense fallback={null}>
            <AdminPlace page={behind.page} banner={<OfflineBanner />} />
          </Suspense>
        ) : (
          <>
            <Sidebar route={behind} onFind={openPalette} />
            <div className="flex min-h-0 min-w-0 flex-col">
              <OfflineBanner />
              <div className="app-main flex-1">
                <Boundary name={back}>
                  <Suspense fallback={<main className="sheet flex-1" />}>
                    <Place route={behind} />
                  </Suspense>
                </Boundary>
              </div>
            </div>
          </>
        )}
        <BottomBar route={behind} />
      </div>
      <Boundary name="call">
        <CallHost route={behind} />
      </Boundary>
      <Boundary name="preview" silent>
        <PreviewHost />
      </Boundary>
      <Boundary name="ring" silent>
        <IncomingCalls />
        <HeldBar />
      </Boundary>
      <Toasts />
      <Suspense fallback={null}>
        <ControlledTab />
      </Suspense>
      <CommandPalette open={palette} onClose={() => setPalette(false)} onSheet={openSheet} />
      <Suspense fallback={null}>
        {sheet && <ShortcutSheet open onClose={() => setSheet(false)} />}
        {route.place === 'settings' && <SettingsDialog page={route.page} back={back} />}
      </Suspense>
    </>
  );
}
