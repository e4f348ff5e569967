import { SmilePlus } from 'lucide-react';
import { useClient } from '@/app/client';
import type { Message, Reaction } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { toggleReaction } from './actions';
import { EmojiPicker } from './EmojiPicker';

const MOST = 12;

function Chip({ message, reaction }: { message: Message; reaction: Reaction }) {
  const { t } = useI18n();
  const client = useClient();
  const me = useStore(client.session, (state) => state.user?.id ?? '');
  const names = useStore(client.rooms, (state) => {
    const members = state.members[message.roomId];
    return reaction.userIds.map((id) => members?.find(({ userId }) => userId === id)?.name ?? '').filter(Boolean).join(', ');
  });
  const mine = reaction.userIds.includes(me);
  const label = t('reaction.chip', { emoji: reaction.emoji, n: reaction.count });
  return (
    <button
      type="button"
      className="rx-chip"
      aria-pressed={mine}
      aria-label={label}
      title={names || label}
      onClick={() => void toggleReaction(client, message, reaction.emoji)}
    >
      <em aria-hidden="true">{reaction.emoji}</em>
      <span aria-hidden="true">{reaction.count}</span>
    </button>
  );
}

export function Reactions({ message }: { message: Message }) {
  const { t } = useI18n();
  const client = useClient();
  const reactions = message.reactions ?? [];
  const more = reactions.length - MOST;
  return (
    <>
      {reactions.slice(0, MOST).map((reaction) => (
        <Chip key={reaction.emoji} message={message} reaction={reaction} />
      ))}
      {more > 0 && <span className="text-12 text-text-3">+{more}</span>}
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
