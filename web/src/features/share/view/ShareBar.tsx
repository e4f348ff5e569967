import * as Menu from '@radix-ui/react-dropdown-menu';
import { Check, ChevronDown, Maximize2, Minimize2, MousePointer2, Search, SquareArrowOutUpRight } from 'lucide-react';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { menuBox, menuRow, releaseMenu } from '@/features/call/controls/looks';
import { useRoomCall, userOf } from '@/features/call/session/RoomCallContext';
import type { Person } from '@/features/call/session/types';
import { useTip } from '@/features/palette/useKeys';
import { languages, useI18n } from '@/shared/i18n';
import { useRoving } from '@/shared/lib/useRoving';
import { Avatar } from '@/shared/ui/Avatar';
import type { Drawers, SharedScreen } from '../marks/types';
import { useShareRoom, type ShareRoom } from '../ShareContext';
import type { Zooming } from './useView';

type KeyProps = ButtonHTMLAttributes<HTMLButtonElement> & { label: string; look?: 'leave' | 'signal' };

/** A key in one of the bars over a share. */
export function BarKey({ label, look, ...rest }: KeyProps) {
  return <button type="button" aria-label={label} title={label} data-look={look} {...rest} className="share-key" />;
}

/** A menu that stays within the page of the call, full screen or not. */
export function BarMenu({ trigger, container, children }: { trigger: ReactNode; container: HTMLElement | null; children: ReactNode }) {
  const { language } = useI18n();
  return (
    <Menu.Root modal={false} dir={languages[language].direction}>
      <Menu.Trigger asChild>{trigger}</Menu.Trigger>
      <Menu.Portal container={container}>
        <Menu.Content align="center" sideOffset={8} collisionPadding={8} className={`${menuBox} z-50`} onCloseAutoFocus={releaseMenu}>
          {children}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}

const rules: readonly Drawers[] = ['everyone', 'hosts', 'nobody'];

/** Who may draw: a choice for the sharer and for hosts, news for the others. */
export function WhoDraws({ share, room, may, name, container, compact }: { share: SharedScreen; room: ShareRoom; may: boolean; name: string; container: HTMLElement | null; compact: boolean }) {
  const { t } = useI18n();
  if (!may) {
    if (compact) return null;
    if (share.drawers === 'everyone') return <span className="px-1.5 text-stage-text-2">{t('draw.everyone')}</span>;
    return <span className="px-1.5 text-stage-text-2">{t(share.drawers === 'hosts' ? 'draw.keptToHosts' : 'draw.kept', { name })}</span>;
  }
  const trigger = (
    <button type="button" className="share-key" title={t('draw.who')}>
      {t(`draw.${share.drawers}`)}
      <ChevronDown size={14} aria-hidden="true" />
    </button>
  );
  return (
    <BarMenu trigger={trigger} container={container}>
      <Menu.RadioGroup value={share.drawers} onValueChange={(value) => room.allow(share.id, rules.find((rule) => rule === value) ?? 'everyone')}>
        {rules.map((rule) => (
          <Menu.RadioItem key={rule} value={rule} className={menuRow}>
            <span className="grid w-4 flex-none">
              <Menu.ItemIndicator>
                <Check size={16} aria-hidden="true" className="text-accent" />
              </Menu.ItemIndicator>
            </span>
            {t(`draw.${rule}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </BarMenu>
  );
}

function ZoomMenu({ zooming, container }: { zooming: Zooming; container: HTMLElement | null }) {
  const { t } = useI18n();
  const rows = [
    ['screen.fit', zooming.fit, '0'],
    ['screen.actual', zooming.actual, ''],
    ['screen.zoomIn', zooming.larger, '+'],
    ['screen.zoomOut', zooming.smaller, '-'],
  ] as const;
  const trigger = (
    <BarKey label={t('screen.zoom')}>
      <Search size={16} aria-hidden="true" />
    </BarKey>
  );
  return (
    <BarMenu trigger={trigger} container={container}>
      {rows.map(([key, act, hint]) => (
        <Menu.Item key={key} className={menuRow} onSelect={act}>
          <span className="flex-1">{t(key)}</span>
          {hint && <span className="kbd">{hint}</span>}
        </Menu.Item>
      ))}
    </BarMenu>
  );
}

const fullWords = (full: boolean, own: boolean) =>
  own ? (full ? 'screen.leaveScreen' : 'more.fullScreen') : full ? 'screen.leaveFull' : 'screen.full';

interface Props {
  person: Person;
  share: SharedScreen | null;
  zooming: Zooming;
  container: HTMLElement | null;
  full: boolean;
  compact: boolean;
  /** The window of its own that the share is in: there is no other to open, and it is filled already. */
  own: Window | null;
  onFull: () => void;
  onPopOut: () => void;
}

/** Over somebody else's screen: whose it is, who may draw, how to look at it, and asking for control. */
export function ShareBar({ person, share, zooming, container, full, compact, own, onFull, onPopOut }: Props) {
  const { t } = useI18n();
  const room = useShareRoom();
  const roomCall = useRoomCall();
  const { name } = person;
  const canAsk = share && room && share.controllerId !== room.me;
  const waiting = share?.asking === 'waiting';
  const tip = useTip();
  const roving = useRoving();
  const Full = full ? Minimize2 : Maximize2;
  return (
    <div role="toolbar" tabIndex={-1} aria-label={t('screen.bar')} className="share-bar" {...roving}>
      {!compact && <Avatar id={userOf(person.identity)} name={name} size={22} />}
      <span className="min-w-0 truncate ps-1.5" dir="auto">
        {t(`screen.their.${person.screenSurface ?? 'monitor'}`, { name })}
      </span>
      <hr />
      {share && room && <WhoDraws share={share} room={room} may={roomCall?.host !== undefined} name={name} container={container} compact={compact} />}
      {canAsk && (
        <BarKey
          label={waiting ? t('control.waiting', { name }) : `${t('control.ask')}. ${t('control.limits')}`}
          aria-disabled={waiting}
          onClick={() => !waiting && room.ask(share.id)}
        >
          <MousePointer2 size={16} aria-hidden="true" />
        </BarKey>
      )}
      <ZoomMenu zooming={zooming} container={container} />
      {(!own || own.document.fullscreenEnabled) && (
        <BarKey label={tip(t(fullWords(full, own !== null)), 'fullScreen')} onClick={onFull}>
          <Full size={16} aria-hidden="true" />
        </BarKey>
      )}
      {!own && !compact && (
        <BarKey label={t('screen.popOut')} onClick={onPopOut}>
          <SquareArrowOutUpRight size={16} aria-hidden="true" className="rtl:-scale-x-100" />
        </BarKey>
      )}
    </div>
  );
}
