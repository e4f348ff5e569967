import { X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useI18n } from '@/shared/i18n';
import { useFocusAfter } from '@/shared/lib/useFocusBack';
import { IconButton } from '@/shared/ui/IconButton';
import { takesLetters } from '../controls/keys';
import { useCall, useSession, useView } from '../session/CallContext';
import { useRoomCall } from '../session/RoomCallContext';
import type { PanelName } from '../view/viewReducer';
import { PeoplePanel } from './PeoplePanel';

/** Arrows go from tab to tab, as in every list of tabs. */
function stepTab(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
  const next = tabs.find((tab) => tab !== document.activeElement);
  event.preventDefault();
  next?.focus();
  next?.click();
}

const isPlain = ({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => !ctrlKey && !metaKey && !altKey && !takesLetters(target);

/** The sheet beside the call, in the look of the page. Esc closes it and gives the focus back. */
export function CallPanel({ shown }: { shown: PanelName }) {
  const { t } = useI18n();
  const session = useSession();
  const roomCall = useRoomCall();
  const { panel } = useView();
  const count = useCall().people.length;
  const sheet = useRef<HTMLElement>(null);
  const close = () => session.view.dispatch({ type: 'panel', panel: null });
  useFocusAfter();
  // What is written in starts ready to be written in; a list takes the focus only from the keyboard.
  useEffect(() => {
    if (shown === 'chat') sheet.current?.querySelector<HTMLElement>('textarea, [contenteditable]')?.focus();
    else sheet.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus();
  }, [shown]);
  const tabs: readonly { readonly name: PanelName; readonly label: string }[] = [
    ...(roomCall ? [{ name: 'chat', label: t('stage.chat') } as const] : []),
    { name: 'people', label: t('stage.people') },
  ];
  return (
    // Esc anywhere in the panel closes it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside
      ref={sheet}
      role="region"
      aria-label={t('stage.panel')}
      className="call-panel sheet appear text-text"
      onKeyDown={(event) => {
        if (event.defaultPrevented) return;
        const rows = shown === 'people' ? sheet.current : null;
        // From the tabs on the list is near: A lets in who waits longest, down goes to the first row.
        if (rows && isPlain(event) && event.key.toLowerCase() === 'a') rows.querySelector<HTMLElement>('[data-admit]')?.click();
        if (rows && event.key === 'ArrowDown' && event.target instanceof Element && event.target.closest('[role="tab"]')) rows.querySelector<HTMLElement>('[data-row]')?.focus();
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
    >
      <header className="sheet-head gap-1! ps-3!">
        <div role="tablist" tabIndex={-1} aria-label={t('stage.panel')} className="flex flex-1 gap-1" onKeyDown={stepTab}>
          {tabs.map(({ name, label }) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`call-tab-${name}`}
              aria-selected={panel === name}
              aria-controls="call-panel-content"
              tabIndex={panel === name ? 0 : -1}
              onClick={() => session.view.dispatch({ type: 'panel', panel: name })}
              className={`min-h-9 rounded-lg px-3 text-13 font-semibold pointer-coarse:min-h-11 ${panel === name ? 'bg-accent-soft text-accent' : 'text-text-2 hover:bg-active'}`}
            >
              {label}
              {name === 'people' && <span className="ms-1.5 tabular-nums">{count}</span>}
            </button>
          ))}
        </div>
        <IconButton label={t('stage.closePanel')} icon={X} onClick={close} />
      </header>
      <div id="call-panel-content" role="tabpanel" aria-labelledby={`call-tab-${shown}`} className="flex min-h-0 flex-1 flex-col">
        {shown === 'people' ? <PeoplePanel /> : roomCall?.chat}
      </div>
    </aside>
  );
}
