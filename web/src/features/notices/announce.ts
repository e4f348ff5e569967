import type { Client } from '@/app/client';
import { messagePath, navigate } from '@/app/router';
import type { Message } from '@/shared/api/types';
import { localStore } from '@/shared/lib/storage';
import { showToast } from './actions';
import { playTick } from './sounds';

export interface NoticeSettings {
  readonly browser: boolean;
  readonly sound: boolean;
  readonly quiet: boolean;
}

const KEY = 'parley.notices';
const usual: NoticeSettings = { browser: false, sound: true, quiet: false };

export const noticeSettings = (): NoticeSettings =>
  localStore.read<NoticeSettings>(
    KEY,
    (value) => (typeof value === 'object' && value !== null ? { ...usual, ...value } : undefined),
    usual,
  );
export const keepNoticeSettings = (settings: NoticeSettings): void => localStore.write(KEY, settings);

const plainText = (content: string): string => content.replace(/[*_`~>#]/g, '').replace(/\s+/g, ' ').slice(0, 140);

function systemNotice(title: string, message: Message): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const notice = new Notification(title, { body: plainText(message.content), tag: message.roomId, silent: true });
  notice.onclick = () => {
    window.focus();
    navigate(messagePath(message.roomId, message.id));
    notice.close();
  };
}

/** Tells of a message to whoever does not look at its room. What is plain news only shows in the side bar. */
export function announceMessage(client: Client, message: Message, mention: boolean): void {
  const settings = noticeSettings();
  const room = client.rooms.getState().byId[message.roomId];
  if (!room || settings.quiet) return;
  const hidden = document.visibilityState === 'hidden';
  const here = !hidden && window.location.pathname.startsWith(`/r/${encodeURIComponent(room.id)}`);
  if (here || !mention) return;
  const name = message.sender?.name ?? '';
  if (settings.sound) playTick();
  if (hidden) {
    if (settings.browser) systemNotice(room.type === 'direct' ? name : `${name} · ${room.name}`, message);
    return;
  }
  showToast(client, {
    id: `room-${room.id}`,
    text: { key: 'notice.mention', parameters: { name, text: plainText(message.content) } },
    person: message.senderId ? { id: message.senderId, name } : undefined,
    action: { label: { key: 'notice.show' }, run: () => navigate(messagePath(room.id, message.id)) },
  });
}
