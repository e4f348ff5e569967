import * as Popover from '@radix-ui/react-popover';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { useI18n } from '@/shared/i18n';
import { emojiFor } from './emoji';

const COLUMNS = 8;

interface Props {
  trigger: ReactNode;
  onPick: (emoji: string) => void;
  onOpenChange?: (open: boolean) => void;
}

/** The usual signs in a grid that arrows walk. */
export function EmojiPicker({ trigger, onPick, onOpenChange }: Props) {
  const { t } = useI18n();
  const [held, setHeld] = useState(false);
  const [query, setQuery] = useState('');
  const open = held;
  const found = emojiFor(query);
  const change = (next: boolean) => {
    setHeld(next);
    setQuery('');
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
          <input
            type="search"
            aria-label={t('emoji.search')}
            placeholder={t('emoji.search')}
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => {
              const [first] = found;
              if (event.key !== 'Enter' || !first) return;
              event.preventDefault();
              onPick(first.sign);
              change(false);
            }}
            className="mb-2 min-h-9 w-full rounded-lg bg-sunken px-3 text-13 inset-ring inset-ring-line"
          />
          {found.length === 0 && <p className="px-2 pb-2 text-13 text-text-3">{t('emoji.none')}</p>}
          {/* eslint-disable-next-line jsx-a11y/interactive-supports-focus -- its buttons take the focus */}
          <div role="grid" aria-label={t('emoji.label')} className="grid max-h-64 grid-cols-8 gap-0.5 overflow-y-auto" onKeyDown={walk}>
            {found.map(({ sign, names }) => (
              <button
                key={sign}
                type="button"
                role="gridcell"
                aria-label={names[0]?.replace(/_/g, ' ')}
                title={`:${names[0]}:`}
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
