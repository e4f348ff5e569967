import type { Client } from '@/app/client';
import { currentRoute, messagePath, navigate, threadPath } from '@/app/router';
import type { InboxItem, Message, Room } from '@/shared/api/types';
import { inThread } from '@/features/messages/messagesReducer';
import { plainText } from '@/features/messages/format';
import { roomTitle } from '@/features/rooms/actions';
import { showToast } from './actions';
import { allowBrowserNotices, isQuiet, mayAsk, noticeSettings, rememberAsked } from './settings';
import { playTick } from './sounds';
import { systemNotice } from './systemNotice';

/** Plain news of a room is told once for so long a time. */
export const BUNDLE_MS = 5000;

/** How much a message asks for: nothing, a quiet word, or me. */
type Weight = 'nothing' | 'news' | 'me';

/** By the room's level; a conversation of two is always meant for me. */
export function weightOf(room: Room, message: Message, mention: boolean): Weight {
  if (room.muted || room.notify === 'nothing') return 'nothing';
  if (mention || (room.type === 'direct' && !inThread(message))) return 'me';
  return room.notify === 'everything' && !inThread(message) ? 'news' : 'nothing';
}

/** Whether the room, and the very list that the message comes to, shows on screen. */
function onScreen(message: Message): boolean {
  if (document.visibilityState === 'hidden') return false;
  const route = currentRoute();
  if (route.place !== 'room' || route.room !== message.roomId || route.call) return false;
  return !inThread(message) || route.thread === message.threadId;
}

const pathOf = (message: Message): string =>
  inThread(message) && message.threadId ? threadPath(message.roomId, message.threadId) : messagePath(message.roomId, message.id);

function tellSystem(client: Client, room: Room, message: Message, silent: boolean): void {
  systemNotice({ title: titleOf(client, room, message), body: bodyOf(room, message), tag: room.id, silent, path: pathOf(message) });
}

const inCall = (client: Client): boolean => client.active.getState().step === 'call';

/** An encrypted room's words do not leave it. */
const bodyOf = (room: Room, message: Message): string => (room.e2ee ? '' : plainText(message.content));

function titleOf(client: Client, room: Room, message: Message): string {
  const name = message.sender?.name ?? '';
  return room.type === 'direct' ? name : `${name} · ${roomTitle(client, room)}`;
}

function toast(client: Client, room: Room, message: Message, key: 'notice.mention' | 'notice.answered'): void {
  const name = message.sender?.name ?? '';
  showToast(client, {
    id: `room-${room.id}`,
    text: { key, parameters: { name, text: room.e2ee ? '' : plainText(message.content) } },
    room: room.type === 'direct' ? undefined : { id: room.id, flag: room.flag },
    person: room.type === 'direct' && message.senderId ? { id: message.senderId, name } : undefined,
    action: { label: { key: 'notice.show' }, run: () => navigate(pathOf(message)) },
  });
}

/** Asked once, when there is for the first time something to be told of; never at the start. */
function askOnce(client: Client): void {
  if (!mayAsk()) return;
  rememberAsked();
  showToast(client, {
    id: 'ask-notices',
    text: { key: 'notice.ask' },
    ms: 20_000,
    action: { label: { key: 'notice.allow' }, run: () => void allowBrowserNotices() },
  });
}

function tellMe(client: Client, room: Room, message: Message, key: 'notice.mention' | 'notice.answered'): void {
  const settings = noticeSettings();
  // Whoever was starred is heard in quiet hours too.
  if (isQuiet(settings) && !(room.type === 'direct' && room.starred)) return;
  const sound = settings.sound && !inCall(client);
  if (sound) playTick();
  if (document.visibilityState === 'hidden') {
    if (settings.browser) tellSystem(client, room, message, sound);
  } else {
    toast(client, room, message, key);
  }
  askOnce(client);
}

const bundles = new Map<string, number>();

/** One quiet notice for a room in five seconds, and only while the page is hidden. */
function tellNews(client: Client, room: Room, message: Message): void {
  const settings = noticeSettings();
  if (!settings.browser || isQuiet(settings) || document.visibilityState !== 'hidden') return;
  const now = Date.now();
  if (now - (bundles.get(room.id) ?? -BUNDLE_MS) < BUNDLE_MS) return;
  bundles.set(room.id, now);
  tellSystem(client, room, message, true);
}

/** Tells of a message to whoever does not look at its room. What is plain news only shows in the side bar. */
export function announceMessage(client: Client, message: Message, mention: boolean): void {
  const room = client.rooms.getState().byId[message.roomId];
  if (!room) return;
  const weight = weightOf(room, message, mention);
  if (weight === 'nothing') return;
  if (onScreen(message)) {
    const settings = noticeSettings();
    if (weight === 'me' && settings.sound && !isQuiet(settings) && !inCall(client) && !document.hasFocus()) playTick();
    return;
  }
  if (weight === 'me') tellMe(client, room, message, 'notice.mention');
  else tellNews(client, room, message);
}

/** An answer in a thread that I follow. A mention in it was told already. */
export function announceAnswer(client: Client, { message }: InboxItem): void {
  const room = message && client.rooms.getState().byId[message.roomId];
  if (!room || room.muted || room.notify === 'nothing' || onScreen(message)) return;
  if (message.mentions.includes(client.session.getState().user?.id ?? '')) return;
  tellMe(client, room, message, 'notice.answered');
}
