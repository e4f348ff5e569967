import * as Menu from '@radix-ui/react-dropdown-menu';
import { Check, Columns2, LayoutGrid, PictureInPicture2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTip } from '@/features/palette/useKeys';
import { languages, useI18n } from '@/shared/i18n';
import { useSession, useView } from '../session/CallContext';
import { layouts, type Layout } from '../view/viewReducer';
import { endKey, menuBox, menuRow, releaseMenu } from './looks';

const icons = { grid: LayoutGrid, speaker: PictureInPicture2, side: Columns2 } as const satisfies Record<Layout, unknown>;

function Tick({ children }: { children: ReactNode }) {
  return (
    <>
      <span className="grid w-4 flex-none">
        <Menu.ItemIndicator>
          <Check size={16} aria-hidden="true" className="text-accent" />
        </Menu.ItemIndicator>
      </span>
      {children}
    </>
  );
}

/** Rows for a menu: how the tiles lie, and what of me is among them. */
export function LayoutRows() {
  const { t } = useI18n();
  const session = useSession();
  const view = useView();
  const toggle = (what: 'hideMe' | 'uncropped') => session.view.dispatch({ type: 'toggle', what });
  return (
    <>
      <Menu.RadioGroup
        aria-label={t('layout.title')}
        value={view.layout}
        onValueChange={(value) => {
          const layout = layouts.find((name) => name === value);
          if (layout) session.view.dispatch({ type: 'layout', layout });
        }}
      >
        {layouts.map((name) => {
          const Icon = icons[name];
          return (
            <Menu.RadioItem key={name} value={name} className={menuRow}>
              <Tick>
                <Icon size={17} aria-hidden="true" className="text-text-3" />
                {t(`layout.${name}`)}
              </Tick>
            </Menu.RadioItem>
          );
        })}
      </Menu.RadioGroup>
      <Menu.Separator className="menu-line" />
      <Menu.CheckboxItem checked={view.hideMe} className={menuRow} onCheckedChange={() => toggle('hideMe')}>
        <Tick>{t('layout.hideMe')}</Tick>
      </Menu.CheckboxItem>
      <Menu.CheckboxItem checked={view.uncropped} className={menuRow} onCheckedChange={() => toggle('uncropped')}>
        <Tick>{t('layout.uncropped')}</Tick>
      </Menu.CheckboxItem>
      {view.pins.length > 0 && (
        <Menu.Item className={`${menuRow} ps-9`} onSelect={() => session.view.dispatch({ type: 'unpinAll' })}>
          {t('layout.unpinAll')}
        </Menu.Item>
      )}
    </>
  );
}

export function LayoutMenu({ container }: { container: HTMLElement | null }) {
  const { t, language } = useI18n();
  const tip = useTip();
  const Icon = icons[useView().layout];
  return (
    <Menu.Root modal={false} dir={languages[language].direction}>
      <Menu.Trigger asChild>
        <button type="button" aria-label={t('layout.title')} title={tip(t('layout.title'), 'layout')} className={endKey}>
          <Icon size={17} aria-hidden="true" />
        </button>
      </Menu.Trigger>
      <Menu.Portal container={container}>
        <Menu.Content side="top" align="end" sideOffset={8} collisionPadding={8} className={menuBox} onCloseAutoFocus={releaseMenu}>
          <LayoutRows />
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
