import type { Client } from '@/app/client';
import { currentRoute, messagePath, navigate, threadPath } from '@/app/router';
import type { InboxItem, Message, Room } from '@/shared/api/types';
import { phraseNow, type Phrase } from '@/shared/i18n';
import { inThread } from '@/features/messages/messagesReducer';
import { plainText } from '@/features/messages/format';
import { roomTitle } from '@/features/rooms/actions';
import { roomInView } from '@/features/rooms/inView';
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

/** Whether the room, and the very list that the message comes to, shows on screen; beside a call too. */
function onScreen(client: Client, message: Message): boolean {
  if (document.visibilityState === 'hidden') return false;
  const route = currentRoute();
  if (route.place !== 'room' || route.room !== message.roomId) return false;
  if (!route.call) return !inThread(message) || route.thread === message.threadId;
  const active = client.active.getState();
  return !inThread(message) && active.step === 'call' && active.session.view.getState().panel === 'chat';
}

const pathOf = (message: Message): string =>
  inThread(message) && message.threadId ? threadPath(message.roomId, message.threadId) : messagePath(message.roomId, message.id);

/** What takes the notices of a room away again. */
const closers = new Map<string, () => void>();
const toastOf = (roomId: string): string => `room-${roomId}`;

function tellSystem(client: Client, room: Room, message: Message, silent: boolean, body = bodyOf(client, room, message)): void {
  const title = titleOf(client, room, message);
  closers.set(room.id, systemNotice({ title, body, tag: room.id, silent, path: pathOf(message) }));
}

/** The room was read, here or on another device: what was told of it goes. */
export function untell(client: Client, roomId: string): void {
  closers.get(roomId)?.();
  closers.delete(roomId);
  clearTimeout(bundles.get(roomId)?.timer);
  bundles.delete(roomId);
  client.notices.dispatch({ type: 'dismiss', id: toastOf(roomId) });
}

const inCall = (client: Client): boolean => client.active.getState().step === 'call';

/** Words of encrypted rooms are shown by the page alone, never handed to the system. */
const bodyOf = (client: Client, room: Room, message: Message): string =>
  room.e2ee ? phraseNow({ key: 'notice.sealed', parameters: { room: roomTitle(client, room) } }) : plainText(message.content);

function titleOf(client: Client, room: Room, message: Message): string {
  const name = message.sender?.name ?? '';
  return room.type === 'direct' ? name : `${name} · ${roomTitle(client, room)}`;
}

function toastText(client: Client, room: Room, message: Message, key: 'notice.mention' | 'notice.answered'): Phrase {
  if (room.e2ee && message.sealed !== 'open') return { key: 'notice.sealed', parameters: { room: roomTitle(client, room) } };
  return { key, parameters: { name: message.sender?.name ?? '', text: plainText(message.content) } };
}

function toast(client: Client, room: Room, message: Message, key: 'notice.mention' | 'notice.answered'): void {
  const name = message.sender?.name ?? '';
  showToast(client, {
    id: toastOf(room.id),
    text: toastText(client, room, message, key),
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

/** Whoever was starred is heard in quiet hours too, wherever they speak. */
const isStarred = (client: Client, room: Room, { senderId }: Message): boolean =>
  (room.type === 'direct' && room.starred) ||
  Object.values(client.rooms.getState().byId).some(({ type, starred, peerId }) => type === 'direct' && starred && peerId === senderId);

function tellMe(client: Client, room: Room, message: Message, key: 'notice.mention' | 'notice.answered'): void {
  const settings = noticeSettings();
  if (isQuiet(settings) && !isStarred(client, room, message)) return;
  const sound = settings.sound && !inCall(client);
  if (sound) playTick();
  if (document.visibilityState === 'hidden') {
    if (settings.browser) tellSystem(client, room, message, sound);
  } else {
    toast(client, room, message, key);
  }
  askOnce(client);
}

interface Bundle {
  readonly timer: ReturnType<typeof setTimeout>;
  readonly count: number;
  readonly last: Message;
}
const bundles = new Map<string, Bundle>();

/** The first at once, what follows within five seconds as a number in its place; only while the page is hidden. */
function tellNews(client: Client, room: Room, message: Message): void {
  const settings = noticeSettings();
  if (!settings.browser || isQuiet(settings) || document.visibilityState !== 'hidden') return;
  const running = bundles.get(room.id);
  if (running) {
    bundles.set(room.id, { ...running, count: running.count + 1, last: message });
    return;
  }
  tellSystem(client, room, message, true);
  const timer = setTimeout(() => {
    const { count, last } = bundles.get(room.id) ?? { count: 0, last: message };
    bundles.delete(room.id);
    if (count > 1) tellSystem(client, room, last, true, phraseNow({ key: 'notice.several', parameters: { n: count } }));
  }, BUNDLE_MS);
  bundles.set(room.id, { timer, count: 1, last: message });
}

/** Tells of a message to whoever does not look at its room. What is plain news only shows in the side bar. */
export function announceMessage(client: Client, message: Message, mention: boolean): void {
  const room = client.rooms.getState().byId[message.roomId];
  if (!room) return;
  const weight = weightOf(room, message, mention);
  if (weight === 'nothing') return;
  if (onScreen(client, message)) {
    const settings = noticeSettings();
    // Scrolled up, or with the window behind others, one would not see it come.
    if (weight === 'me' && settings.sound && !isQuiet(settings) && !inCall(client) && roomInView(client) !== room.id) playTick();
    return;
  }
  if (weight === 'me') tellMe(client, room, message, 'notice.mention');
  else tellNews(client, room, message);
}

/** An answer in a thread that I follow. A mention in it was told already. */
export function announceAnswer(client: Client, { message }: InboxItem): void {
  const room = message && client.rooms.getState().byId[message.roomId];
  if (!room || room.muted || room.notify === 'nothing' || onScreen(client, message)) return;
  if (message.mentions.includes(client.session.getState().user?.id ?? '')) return;
  tellMe(client, room, message, 'notice.answered');
}
