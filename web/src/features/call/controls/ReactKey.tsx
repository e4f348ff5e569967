import * as Popover from '@radix-ui/react-popover';
import { Smile } from 'lucide-react';
import { useEffect } from 'react';
import { useI18n } from '@/shared/i18n';
import { useSession, useView } from '../session/CallContext';
import { useRoomCall } from '../session/RoomCallContext';
import { aloneKey, plainFace, releaseMenu } from './looks';

export const reactionEmoji = ['👍', '👏', '❤️', '😂', '🎉', '😮'] as const;

/** After K a number sends a reaction, and Escape thinks better of it. */
export function useReactionKeys(): void {
  const session = useSession();
  const { reacting } = useView();
  const react = useRoomCall()?.react;
  useEffect(() => {
    if (!reacting || !react) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') session.view.dispatch({ type: 'reacting', on: false });
      const emoji = reactionEmoji[Number(event.key) - 1];
      if (!emoji || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      react(emoji);
      session.view.dispatch({ type: 'reacting', on: false });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [reacting, react, session]);
}

/** Where there is no key for it at this width: the same six, above the bar. */
export function ReactBar() {
  const session = useSession();
  const { reacting } = useView();
  const react = useRoomCall()?.react;
  if (!reacting || !react) return null;
  return (
    <div className="appear absolute inset-x-0 bottom-24 z-20 flex justify-center">
      <div className="rounded-xl bg-raised p-1.5 text-text shadow-3 ring ring-line">
        <ReactionRow
          onPick={(emoji) => {
            react(emoji);
            session.view.dispatch({ type: 'reacting', on: false });
          }}
        />
      </div>
    </div>
  );
}

/** Six reactions behind one key; K opens them and a number sends one. */
export function ReactKey({ container }: { container: HTMLElement | null }) {
  const { t } = useI18n();
  const session = useSession();
  const { reacting } = useView();
  const react = useRoomCall()?.react;
  const set = (on: boolean) => session.view.dispatch({ type: 'reacting', on });

  if (!react) return null;
  return (
    <Popover.Root open={reacting} onOpenChange={set}>
      <Popover.Trigger asChild>
        <button type="button" aria-label={t('react.title')} title={t('react.tip')} className={`${aloneKey} ${plainFace}`}>
          <Smile size={21} aria-hidden="true" />
        </button>
      </Popover.Trigger>
      <Popover.Portal container={container}>
        <Popover.Content
          side="top"
          sideOffset={8}
          collisionPadding={8}
          aria-label={t('react.title')}
          onCloseAutoFocus={releaseMenu}
          className="appear z-40 rounded-xl bg-raised p-1.5 text-text shadow-3 ring ring-line"
        >
          <ReactionRow
            onPick={(emoji) => {
              react(emoji);
              set(false);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

export function ReactionRow({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useI18n();
  return (
    <div className="flex gap-0.5">
      {reactionEmoji.map((emoji, index) => (
        <button
          key={emoji}
          type="button"
          aria-label={t('react.with', { emoji })}
          title={String(index + 1)}
          onClick={() => onPick(emoji)}
          className="grid size-11 place-items-center rounded-lg text-26 hover:bg-active"
        >
          {emoji}
        </button>
      ))}
    </div>
  );
}
