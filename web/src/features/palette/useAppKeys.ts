import { useEffect } from 'react';
import { useClient, type Client } from '@/app/client';
import { currentRoute, navigate, panelPath, roomPath } from '@/app/router';
import { joinCallIn } from '@/features/calls/actions';
import { takesLetters } from '@/features/call/controls/keys';
import { amberOf } from '@/features/rooms/attention';
import { inSideOrder } from '@/features/rooms/inSideOrder';
import { toggleSidebar } from '@/app/sidebar';
import { actFor, comboFrom, keyChoices, type ActId } from './bindings';

/** Goes to the room above or below in the side bar; with `unread`, to the next that has news. */
export function stepRoom(client: Client, step: 1 | -1, unread: boolean): void {
  const state = client.rooms.getState();
  const rooms = inSideOrder(client).map(({ room }) => room);
  const route = currentRoute();
  const at = rooms.findIndex(({ id }) => route.place === 'room' && id === route.room);
  const from = at < 0 && step < 0 ? rooms.length : at;
  for (let i = 1; i <= rooms.length; i++) {
    const room = rooms[(from + step * i + rooms.length * 2) % rooms.length];
    if (!room) return;
    const news = !room.muted && ((state.unread[room.id]?.messages ?? 0) > 0 || amberOf(state, room.id) > 0);
    if (unread && !news) continue;
    navigate(roomPath(room.id));
    return;
  }
}

const REGIONS = 'aside.side, main, aside[role="region"], [role="region"][aria-label], .bottom-bar';

/** The next of the page's regions, in the order in which they stand. */
function stepRegion(back: boolean): void {
  const seen = [...document.querySelectorAll<HTMLElement>(REGIONS)].filter(
    (region) => !region.closest('[inert]') && (region.offsetParent !== null || getComputedStyle(region).position === 'fixed'),
  );
  const regions = seen.filter((region) => !seen.some((other) => other !== region && other.contains(region)));
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(at + (back ? -1 : 1) + regions.length) % regions.length];
  // In a room one goes on writing; elsewhere at the first thing there is.
  const first = next?.querySelector<HTMLElement>('.composer textarea') ?? next?.querySelector<HTMLElement>('a[href]:not([tabindex="-1"]), button:not([tabindex="-1"]), textarea, input, [tabindex="0"]');
  first?.focus();
}

interface Openers {
  readonly onPalette: () => void;
  readonly onSheet: () => void;
}

/** What an act does here and now; null where it means nothing, and the key stays the browser's. */
function deed(act: ActId, client: Client, { onPalette, onSheet }: Openers): (() => void) | null {
  const route = currentRoute();
  const room = route.place === 'room' ? route : null;
  switch (act) {
    case 'palette':
      return onPalette;
    case 'sheet':
      return onSheet;
    case 'settings':
      return () => navigate('/settings');
    case 'searchAll':
      return () => navigate('/search');
    case 'searchRoom':
      // A second time the browser's own search opens.
      return room && room.panel !== 'search' ? () => navigate(panelPath(room.room, 'search')) : null;
    case 'panel':
      return room && (() => navigate(room.panel || room.thread || room.file ? roomPath(room.room) : panelPath(room.room, 'people')));
    case 'sidebar':
      return toggleSidebar;
    case 'regions':
      return () => stepRegion(false);
    case 'previousRoom':
      return () => stepRoom(client, -1, false);
    case 'nextRoom':
      return () => stepRoom(client, 1, false);
    case 'previousUnread':
      return () => stepRoom(client, -1, true);
    case 'nextUnread':
      return () => stepRoom(client, 1, true);
    case 'inbox':
      return () => navigate('/inbox');
    case 'call':
      return room && (() => joinCallIn(client, room.room, 'video'));
    default:
      return null;
  }
}

/** Esc closes a panel that lies over the room. */
function closePanel(): boolean {
  const route = currentRoute();
  if (route.place !== 'room' || !(route.panel || route.thread || route.file)) return false;
  if (!window.matchMedia('(max-width: 1199px)').matches) return false;
  navigate(roomPath(route.room));
  return true;
}

/** Esc with nothing open: the newest message, and the field to write in. */
function toNewest(): boolean {
  const list = document.querySelector<HTMLElement>('main .list');
  const field = document.querySelector<HTMLElement>('main .composer textarea');
  // Behind a call the room stands still.
  if (!list || !field || list.closest('[inert]') || document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]')) return false;
  document.querySelector<HTMLElement>('[data-jump]')?.click();
  list.scrollTop = list.scrollHeight;
  field.focus();
  return true;
}

function handle(event: KeyboardEvent, client: Client, openers: Openers): (() => void) | null {
  if (comboFrom(event) === 'Shift+F6') return () => stepRegion(true);
  if (event.key === '?' && keyChoices().singles && !takesLetters(event.target)) return openers.onSheet;
  const act = actFor(event, ['anywhere', 'rooms']);
  return act && deed(act, client, openers);
}

/** Keys that work everywhere in the page. */
export function useAppKeys(onPalette: () => void, onSheet: () => void): void {
  const client = useClient();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (event.key === 'Escape') {
        if (closePanel() || toNewest()) event.preventDefault();
        return;
      }
      const act = handle(event, client, { onPalette, onSheet });
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [client, onPalette, onSheet]);
}
