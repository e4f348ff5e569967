import { X } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import { useI18n } from '@/shared/i18n';
import { useFocusAfter } from '@/shared/lib/useFocusBack';
import { IconButton } from './IconButton';
import { PanelEdge, usePanelWidth } from './PanelEdge';

interface Props {
  label: string;
  title: string;
  sub?: string;
  /** Stands before the title. */
  lead?: ReactNode;
  closeLabel?: string;
  onClose: () => void;
  /** Where the focus goes when it closes, if not to where it was. */
  focusAfter?: () => HTMLElement | null;
  /** The thread that it shows: files dropped on it belong there. */
  thread?: string;
  head?: ReactNode;
  children: ReactNode;
}

/** A panel beside the room; over it where there is no room, and a page of its own on a phone. Esc closes it. */
export function SidePanel({ label, title, sub, lead, closeLabel, onClose, focusAfter, thread, head, children }: Props) {
  const { t } = useI18n();
  const width = usePanelWidth();
  useFocusAfter(focusAfter);
  return (
    // Esc anywhere in the panel closes it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside
      role="region"
      aria-label={label}
      data-thread={thread}
      className="sheet sheet-panel appear"
      style={width === null ? undefined : ({ '--panel': `${width}px` } as CSSProperties)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.stopPropagation();
        onClose();
      }}
    >
      <PanelEdge />
      <header className="sheet-head">
        {lead}
        <div className="min-w-0 flex-1">
          <h2 className="truncate">{title}</h2>
          {sub && (
            <p className="truncate text-12 text-text-3">
              <bdi>{sub}</bdi>
            </p>
          )}
        </div>
        {head}
        <IconButton label={closeLabel ?? t('app.close')} icon={X} onClick={onClose} />
      </header>
      {children}
    </aside>
  );
}
