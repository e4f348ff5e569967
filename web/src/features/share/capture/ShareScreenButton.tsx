import * as Menu from '@radix-ui/react-dropdown-menu';
import { AppWindow, Check, Monitor, PanelTop, ScreenShare, ScreenShareOff, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { litFace, menuBox, menuRow, plainFace, releaseFocus, wideKey, releaseMenu } from '@/features/call/controls/looks';
import { MenuKey } from '@/features/call/controls/MediaKeys';
import { findMe, useCall, useSession } from '@/features/call/session/CallContext';
import { useTip } from '@/features/palette/useKeys';
import { languages, useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { shareChoice, surfaces, type Content, type Surface } from './choice';
import { toggleShare } from './toggleShare';

const icons: Readonly<Record<Surface, LucideIcon>> = { monitor: Monitor, window: AppWindow, browser: PanelTop };
const contents: readonly Content[] = ['text', 'motion'];

function Ticked({ children }: { children: ReactNode }) {
  return (
    <>
      <span className="min-w-0 flex-1">{children}</span>
      <Menu.ItemIndicator>
        <Check size={16} aria-hidden="true" className="text-accent" />
      </Menu.ItemIndicator>
    </>
  );
}

const title = 'px-2.5 pt-2 pb-1 text-12 font-semibold text-text-3';
const stay = (event: Event) => event.preventDefault();

/** How the next share begins: what the browser offers first, text or motion, with sound or without. */
export function ShareChoices() {
  const { t } = useI18n();
  const session = useSession();
  const sharing = Boolean(findMe(useCall().people)?.screen);
  const { surface, content, sound } = useStore(shareChoice, (choice) => choice);
  return (
    <>
      <Menu.Label className={title}>{t('screen.what')}</Menu.Label>
      <Menu.RadioGroup value={surface}>
        {surfaces.map((one) => {
          const Icon = icons[one];
          return (
            <Menu.RadioItem key={one} value={one} className={menuRow} disabled={sharing} onSelect={(event) => {
              stay(event);
              shareChoice.dispatch({ surface: one });
            }}>
              <Icon size={16} aria-hidden="true" className="text-text-3" />
              <Ticked>{t(`screen.${one}`)}</Ticked>
            </Menu.RadioItem>
          );
        })}
      </Menu.RadioGroup>
      <Menu.Label className={title}>{t('screen.how')}</Menu.Label>
      <Menu.RadioGroup value={content}>
        {contents.map((one) => (
          <Menu.RadioItem key={one} value={one} className={menuRow} onSelect={(event) => {
            stay(event);
            session.screen.setContent(one);
          }}>
            <Ticked>{t(`screen.${one}`)}</Ticked>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Separator className="menu-line" />
      <Menu.CheckboxItem checked={sound} className={menuRow} disabled={sharing} onSelect={stay} onCheckedChange={(on) => shareChoice.dispatch({ sound: on })}>
        <Ticked>
          {t('screen.sound')}
          <span className="block text-12 text-text-3">{t('screen.soundWhy')}</span>
        </Ticked>
      </Menu.CheckboxItem>
    </>
  );
}

/** The key of the share and, beside it, the ways to share. */
export function ShareScreenButton({ container }: { container: HTMLElement | null }) {
  const { t, language } = useI18n();
  const session = useSession();
  const { people, rights } = useCall();
  const on = Boolean(findMe(people)?.screen);
  const barred = !on && !rights.screen;
  const tip = useTip();
  const Icon = on ? ScreenShareOff : ScreenShare;
  return (
    <span className="inline-flex h-12 items-stretch overflow-hidden rounded-xl">
      <button
        type="button"
        aria-label={t('controls.share')}
        aria-pressed={on}
        aria-disabled={barred || undefined}
        title={barred ? t('rights.screen') : tip(t(on ? 'controls.shareStop' : 'controls.shareStart'), 'share')}
        onClick={(event) => {
          releaseFocus(event);
          toggleShare(session);
        }}
        className={`${wideKey} ${on ? litFace : plainFace} ${barred ? 'opacity-50' : ''}`}
      >
        <Icon size={21} aria-hidden="true" />
      </button>
      <Menu.Root modal={false} dir={languages[language].direction}>
        <Menu.Trigger asChild>
          <MenuKey label={t('screen.options')} off={false} />
        </Menu.Trigger>
        <Menu.Portal container={container}>
          <Menu.Content side="top" align="start" sideOffset={8} collisionPadding={8} className={menuBox} onCloseAutoFocus={releaseMenu}>
            <ShareChoices />
          </Menu.Content>
        </Menu.Portal>
      </Menu.Root>
    </span>
  );
}
