import * as Popover from '@radix-ui/react-popover';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { useI18n } from '@/shared/i18n';

const emoji = (
  '👍 👎 ✅ ❌ 👀 🙏 👏 🙌 💪 👋 🤝 ✋ 🎉 🥳 🎂 🏆 ❤️ 🧡 💛 💚 💙 💜 💯 🔥 ' +
  '⚡ ✨ ⭐ 🌊 ☀️ 🌧️ 😀 😄 😂 🙂 😉 😊 😍 😎 🤔 🤨 😐 😴 😢 😭 😮 😱 😅 🙃 ' +
  '🤯 🤞 🤖 👻 ☕ 🍵 🍕 🍎 🍰 🚀 ⛵ 🚲 🚢 🧭 📌 📎 📅 ⏰ ⌛ 💡 🔧 🔍 📈 📉 ' +
  '📦 🔒 🔑 🐛 🐳 🐙 🦀 🌱 ➕ ➖ ❓ ❗'
).split(' ');
const COLUMNS = 8;

interface Props {
  trigger: ReactNode;
  onPick: (emoji: string) => void;
  onOpenChange?: (open: boolean) => void;
}

/** The usual signs in a grid that arrows walk. */
export function EmojiPicker({ trigger, onPick, onOpenChange }: Props) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  const change = (next: boolean) => {
    setOpen(next);
    onOpenChange?.(next);
  };
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const keys = [...event.currentTarget.querySelectorAll('button')];
    const at = keys.indexOf(event.target as HTMLButtonElement);
    const along = document.documentElement.dir === 'rtl' ? -1 : 1;
    const steps: Readonly<Record<string, number>> = { ArrowRight: along, ArrowLeft: -along, ArrowDown: COLUMNS, ArrowUp: -COLUMNS };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    keys[Math.max(0, Math.min(keys.length - 1, at + step))]?.focus();
  };
  return (
    <Popover.Root open={open} onOpenChange={change}>
      <Popover.Trigger asChild>{trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="menu max-w-none p-2" sideOffset={6} collisionPadding={8} aria-label={t('emoji.label')}>
          {/* eslint-disable-next-line jsx-a11y/interactive-supports-focus -- its buttons take the focus */}
          <div role="grid" aria-label={t('emoji.label')} className="grid max-h-64 grid-cols-8 gap-0.5 overflow-y-auto" onKeyDown={walk}>
            {emoji.map((sign) => (
              <button
                key={sign}
                type="button"
                aria-label={sign}
                className="grid size-9 place-items-center rounded-lg text-20 hover:bg-active focus-visible:bg-active"
                onClick={() => {
                  onPick(sign);
                  change(false);
                }}
              >
                {sign}
              </button>
            ))}
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
