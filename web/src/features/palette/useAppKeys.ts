import { useEffect } from 'react';
import { useClient, type Client } from '@/app/client';
import { currentRoute, navigate, panelPath, roomPath } from '@/app/router';
import { joinCallIn } from '@/features/calls/actions';
import { takesLetters } from '@/features/call/controls/keys';
import { sortedRooms } from '@/features/rooms/roomsReducer';

/** Goes to the room above or below in the side bar; with `unread`, to the next that has news. */
function stepRoom(client: Client, step: 1 | -1, unread: boolean): void {
  const state = client.rooms.getState();
  const rooms = [...sortedRooms(state, false), ...sortedRooms(state, true)];
  const route = currentRoute();
  const at = rooms.findIndex(({ id }) => route.place === 'room' && id === route.room);
  for (let i = 1; i <= rooms.length; i++) {
    const room = rooms[(at + step * i + rooms.length * 2) % rooms.length];
    const counts = room && state.unread[room.id];
    if (room && (!unread || (counts && counts.messages + counts.mentions > 0))) {
      navigate(roomPath(room.id));
      return;
    }
  }
}

/** The next of the page's regions, in the order in which they stand. */
function stepRegion(back: boolean): void {
  const regions = [...document.querySelectorAll<HTMLElement>('aside.side, main, aside[role="region"], section[aria-label] > [role="toolbar"]')].filter(
    (region) => region.offsetParent !== null || getComputedStyle(region).position === 'fixed',
  );
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next = regions[(at + (back ? -1 : 1) + regions.length) % regions.length];
  const first = next?.querySelector<HTMLElement>('a[href], button, textarea, input, [tabindex="0"]');
  first?.focus();
}

type KeyAct = (client: Client) => void;

function actOf(event: KeyboardEvent, onPalette: () => void, onSheet: () => void): KeyAct | null {
  const chord = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  const route = currentRoute();
  const room = route.place === 'room' ? route.room : null;
  if (chord && !event.altKey) {
    if (!event.shiftKey && key === 'k') return onPalette;
    if (!event.shiftKey && key === ',') return () => navigate('/settings');
    if (key === '/') return onSheet;
    if (event.shiftKey && key === 'f') return () => navigate('/search');
    if (event.shiftKey && key === 'c' && room) return (client) => joinCallIn(client, room, 'video');
    // A second time the browser's own search opens.
    if (!event.shiftKey && key === 'f' && room && route.place === 'room' && route.panel !== 'search') return () => navigate(panelPath(room, 'search'));
    if (key === '.' && room) return () => navigate(route.place === 'room' && route.panel ? roomPath(room) : panelPath(room, 'people'));
    return null;
  }
  if (event.altKey && !chord) {
    if (key === 'arrowup') return (client) => stepRoom(client, -1, event.shiftKey);
    if (key === 'arrowdown') return (client) => stepRoom(client, 1, event.shiftKey);
    if (event.shiftKey && key === 'i') return () => navigate('/inbox');
    return null;
  }
  if (key === 'f6') return () => stepRegion(event.shiftKey);
  if (key === '?' && !takesLetters(event.target)) return onSheet;
  return null;
}

/** Keys that work everywhere in the page. */
export function useAppKeys(onPalette: () => void, onSheet: () => void): void {
  const client = useClient();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const act = actOf(event, onPalette, onSheet);
      if (!act) return;
      event.preventDefault();
      act(client);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [client, onPalette, onSheet]);
}
