import * as Radix from '@radix-ui/react-dialog';
import { X } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { useI18n } from '@/shared/i18n';
import { useFocusBack } from '@/shared/lib/useFocusBack';
import { IconButton } from './IconButton';

interface Props {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: string;
  width?: number;
  /** The title is for assistive technology alone: the content shows one of its own. */
  bare?: boolean;
  children: ReactNode;
}

const FIRST = '[role="tab"][aria-selected="true"], input:not([type="hidden"], :disabled), textarea:not(:disabled), select:not(:disabled)';

/** The focus begins where one goes on: at the first field, not at the button that closes. A field would bring up a phone's keyboard. */
function focusFirst(event: Event): void {
  const box = event.currentTarget;
  if (!(box instanceof HTMLElement) || window.matchMedia('(pointer: coarse)').matches) return;
  const first = box.querySelector<HTMLElement>(FIRST);
  if (!first || box.contains(document.activeElement)) return;
  event.preventDefault();
  first.focus();
}

/** A dialog over the page: takes the focus, gives it back, closes with Esc. */
export function Dialog({ open, onClose, title, description, width, bare, children }: Props) {
  const { t } = useI18n();
  const focus = useFocusBack(focusFirst);
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="scrim" />
        <Radix.Content
          className="dialog"
          {...focus}
          style={width ? ({ '--dialog': `${width}px` } as CSSProperties) : undefined}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <div className={bare ? 'sr-only' : 'flex items-start gap-2 py-4 ps-6 pe-3'}>
            <div className="min-w-0 flex-1 pt-1">
              <Radix.Title className="text-17 font-semibold tracking-[-0.01em]">{title}</Radix.Title>
              {description && <Radix.Description className="mt-1 text-13 text-text-2">{description}</Radix.Description>}
            </div>
            {!bare && <IconButton label={t('app.close')} icon={X} onClick={onClose} />}
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
