import { SmilePlus } from 'lucide-react';
import { useState, type MouseEvent } from 'react';
import { flushSync } from 'react-dom';
import { useClient } from '@/app/client';
import type { Message, Reaction } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { toggleReaction } from './actions';
import { emojiName } from './emoji';
import { EmojiPicker } from './EmojiPicker';
import { reactionKey } from './messagesReducer';

const MOST = 12;

function Chip({ message, reaction }: { message: Message; reaction: Reaction }) {
  const { t, language } = useI18n();
  const client = useClient();
  const me = useStore(client.session, (state) => state.user?.id ?? '');
  const names = useStore(client.rooms, (state) => {
    const members = state.members[message.roomId];
    return reaction.userIds.map((id) => members?.find(({ userId }) => userId === id)?.name ?? '').filter(Boolean).join(', ');
  });
  const mine = reaction.userIds.includes(me);
  const pending = useStore(client.messages, (state) => state.reacting.includes(reactionKey(message.id, reaction.emoji)));
  const label = t(mine ? 'reaction.chipMine' : 'reaction.chip', { emoji: emojiName(reaction.emoji, language), n: reaction.count });
  return (
    <button
      type="button"
      className="rx-chip"
      aria-pressed={mine}
      data-pending={pending}
      title={names || label}
      onClick={() => void toggleReaction(client, message, reaction.emoji)}
    >
      {/* Its content, not a label over it: "one person" has no 1 in it, and what is seen must be part of a label. */}
      <span className="sr-only">{label}</span>
      <em aria-hidden="true">{reaction.emoji}</em>
      <span aria-hidden="true">{reaction.count}</span>
    </button>
  );
}

export function Reactions({ message }: { message: Message }) {
  const { t, language } = useI18n();
  const client = useClient();
  const reactions = message.reactions ?? [];
  const [open, setOpen] = useState(false);
  const more = open ? 0 : reactions.length - MOST;
  /** The focus goes on with the first of those that come: what was pressed is gone. */
  const openRest = (event: MouseEvent<HTMLButtonElement>) => {
    const row = event.currentTarget.parentElement;
    flushSync(() => setOpen(true));
    row?.querySelectorAll<HTMLElement>('.rx-chip')[MOST]?.focus();
  };
  return (
    <>
      {(open ? reactions : reactions.slice(0, MOST)).map((reaction) => (
        <Chip key={reaction.emoji} message={message} reaction={reaction} />
      ))}
      {more > 0 && (
        <button type="button" className="rx-chip" aria-expanded={false} title={t('reaction.rest', { n: more })} onClick={openRest}>
          <span className="sr-only">{t('reaction.rest', { n: more })}</span>
          <span aria-hidden="true">+{new Intl.NumberFormat(language).format(more)}</span>
        </button>
      )}
      {reactions.length > 0 && (
        <EmojiPicker
          onPick={(emoji) => void toggleReaction(client, message, emoji)}
          trigger={
            <button type="button" className="rx-chip rx-add" aria-label={t('reaction.add')} title={t('reaction.add')}>
              <SmilePlus size={15} strokeWidth={1.75} aria-hidden="true" />
            </button>
          }
        />
      )}
    </>
  );
}
