import { Copy, CornerUpLeft, EllipsisVertical, Link2, MessageSquareText, Pencil, Pin, PinOff, SmilePlus, Trash2, MailOpen } from 'lucide-react';
import { useState, type KeyboardEvent, type RefObject } from 'react';
import { useClient } from '@/app/client';
import { messagePath } from '@/app/router';
import type { Message } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { IconButton } from '@/shared/ui/IconButton';
import { Menu, MenuItem, MenuLine } from '@/shared/ui/Menu';
import { useShownKeys } from '@/features/palette/useKeys';
import { pinMessage, toggleReaction } from './actions';
import { EmojiPicker } from './EmojiPicker';
import type { Quick } from './quick';
import { useRoomUi } from './RoomUi';

export const copyText = (text: string): void => void navigator.clipboard.writeText(text).catch(() => undefined);
export const linkTo = (message: Message): string => window.location.origin + messagePath(message.roomId, message.id);

function walk(event: KeyboardEvent<HTMLDivElement>) {
  const keys = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const at = keys.indexOf(event.target as HTMLElement);
  const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  const back = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
  if (event.key !== forward && event.key !== back) return;
  event.preventDefault();
  event.stopPropagation();
  keys.at((at + (event.key === forward ? 1 : -1)) % keys.length)?.focus();
}

interface Props {
  message: Message;
  mine: boolean;
  quick: Quick;
  /** A menu of the toolbar is open: it stays though the pointer left. */
  onHeld: (held: boolean) => void;
  /** Its menu opens by the message's own keys, too, and gives the focus back to the message then. */
  menu: boolean;
  onMenu: (open: boolean) => void;
  article: RefObject<HTMLElement | null>;
}

/** What can be done with a message; shows when the pointer or the focus is on it. */
export function MessageTools({ message, mine, quick, onHeld, menu, onMenu, article }: Props) {
  const { t } = useI18n();
  const client = useClient();
  const ui = useRoomUi();
  const keys = useShownKeys();
  const [held, setHeld] = useState(false);
  const hold = (value: boolean) => {
    setHeld(value);
    onHeld(value);
  };
  return (
    <div className="tools" role="toolbar" tabIndex={-1} aria-label={t('message.tools')} data-held={held || menu} onKeyDown={walk}>
      {!ui.readOnly && (
        <>
          {quick.map((emoji) => (
            <button
              key={emoji}
              type="button"
              className="ib emoji"
              aria-label={t('reaction.with', { emoji })}
              title={t('reaction.with', { emoji })}
              onClick={() => void toggleReaction(client, message, emoji)}
            >
              {emoji}
            </button>
          ))}
          <EmojiPicker
            onOpenChange={hold}
            onPick={(emoji) => void toggleReaction(client, message, emoji)}
            trigger={<IconButton small data-react label={t('reaction.add')} icon={SmilePlus} size={17} />}
          />
          <span className="line" />
        </>
      )}
      {!ui.threadId && <IconButton small label={t('message.thread')} icon={MessageSquareText} size={17} onClick={() => ui.openThread(message)} />}
      <Menu
        open={menu}
        onOpenChange={(open) => {
          hold(open);
          onMenu(open);
        }}
        focusAfter={article}
        trigger={<IconButton small label={t('message.more')} icon={EllipsisVertical} size={17} />}
      >
        {!ui.readOnly && (
          <MenuItem icon={CornerUpLeft} onSelect={() => ui.reply(message)}>
            {t('message.reply')}
          </MenuItem>
        )}
        {mine && !ui.readOnly && (
          <MenuItem icon={Pencil} keys={keys('edit')} onSelect={() => ui.edit(message)}>
            {t('message.edit')}
          </MenuItem>
        )}
        <MenuItem icon={message.pinned ? PinOff : Pin} keys={keys('pin')} onSelect={() => void pinMessage(client, message)}>
          {t(message.pinned ? 'message.unpin' : 'message.pin')}
        </MenuItem>
        <MenuItem icon={Copy} keys={keys('copy')} onSelect={() => copyText(message.content)}>
          {t('message.copy')}
        </MenuItem>
        <MenuItem icon={Link2} keys={keys('link')} onSelect={() => copyText(linkTo(message))}>
          {t('message.link')}
        </MenuItem>
        {!ui.threadId && (
          <MenuItem icon={MailOpen} keys={keys('unread')} onSelect={() => ui.unreadFrom(message)}>
            {t('message.unread')}
          </MenuItem>
        )}
        {(mine || ui.moderates) && !ui.readOnly && (
          <>
            <MenuLine />
            <MenuItem icon={Trash2} danger keys={keys('remove')} onSelect={() => ui.remove(message)}>
              {t('message.delete')}
            </MenuItem>
          </>
        )}
      </Menu>
    </div>
  );
}
