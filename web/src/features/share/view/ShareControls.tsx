import * as Menu from '@radix-ui/react-dropdown-menu';
import { AppWindow, Check, ChevronDown, Monitor, MousePointer2, PanelTop, Pause, Play, X, type LucideIcon } from 'lucide-react';
import { menuRow } from '@/features/call/controls/looks';
import { useCall, useSession } from '@/features/call/session/CallContext';
import { userOf } from '@/features/call/session/RoomCallContext';
import type { Person } from '@/features/call/session/types';
import { useI18n } from '@/shared/i18n';
import { useRoving } from '@/shared/lib/useRoving';
import { useStore } from '@/shared/state/store';
import { shareChoice, type Content, type Surface } from '../capture/choice';
import type { SharedScreen } from '../marks/types';
import { useShareRoom, useSharedScreen, type ShareRoom } from '../ShareContext';
import { BarKey, BarMenu, WhoDraws } from './ShareBar';

const icons: Readonly<Record<Surface, LucideIcon>> = { monitor: Monitor, window: AppWindow, browser: PanelTop };
const contents: readonly Content[] = ['text', 'motion'];

/** Text that must be sharp, or motion that must be smooth: it can be changed while one shares. */
function ContentRows() {
  const { t } = useI18n();
  const { screen } = useSession();
  const content = useStore(shareChoice, (choice) => choice.content);
  return (
    <Menu.RadioGroup value={content} onValueChange={(value) => screen.setContent(value === 'motion' ? 'motion' : 'text')}>
      {contents.map((one) => (
        <Menu.RadioItem key={one} value={one} className={menuRow}>
          <span className="grid w-4 flex-none">
            <Menu.ItemIndicator>
              <Check size={16} aria-hidden="true" className="text-accent" />
            </Menu.ItemIndicator>
          </span>
          {t(`screen.${one}`)}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

/** Control is given to one who asked, and only over a tab of Parley. */
function ControlMenu({ share, room, container }: { share: SharedScreen; room: ShareRoom; container: HTMLElement | null }) {
  const { t } = useI18n();
  const { screen } = useSession();
  const { people } = useCall();
  const trigger = (
    <BarKey label={t('control.hand')}>
      <MousePointer2 size={16} aria-hidden="true" />
    </BarKey>
  );
  const tab = screen.tab() !== null;
  const why = tab ? (share.requests.length === 0 ? t('control.nobodyAsked') : null) : t('control.noTab');
  return (
    <BarMenu trigger={trigger} container={container}>
      {tab &&
        share.requests.map(({ userId, name }) => (
          <Menu.Item key={userId} className={menuRow} onSelect={() => room.answer(share.id, userId, true)}>
            <bdi>{people.find(({ identity }) => userOf(identity) === userId)?.name ?? name}</bdi>
          </Menu.Item>
        ))}
      {why && <p className="px-2.5 pt-2 pb-1 text-13">{why}</p>}
      <p className="px-2.5 py-2 text-12 text-text-3">{t('control.limits')}</p>
    </BarMenu>
  );
}

interface Props {
  person: Person;
  container: HTMLElement | null;
  compact: boolean;
}

/** For the sharer: what is shared, who may draw, pausing, handing over control, stopping. */
export function ShareControls({ person, container, compact }: Props) {
  const { t } = useI18n();
  const session = useSession();
  const room = useShareRoom();
  const share = useSharedScreen(person.screen?.id ?? '');
  const surface = person.screenSurface ?? 'monitor';
  const Icon = icons[surface];
  const { screenPaused: paused } = person;
  const roving = useRoving();
  const what = (
    <button type="button" className="share-key min-w-0" title={t('screen.how')}>
      <Icon size={16} aria-hidden="true" className="flex-none" />
      <span className="truncate">{t(`screen.my.${surface}`)}</span>
      <ChevronDown size={14} aria-hidden="true" className="flex-none" />
    </button>
  );
  return (
    <div role="toolbar" tabIndex={-1} aria-label={t('screen.controls')} className="share-bar ps-1.5" data-no-control {...roving}>
      <BarMenu trigger={what} container={container}>
        <ContentRows />
      </BarMenu>
      <hr />
      {share && room && <WhoDraws share={share} room={room} may name="" container={container} compact={compact} />}
      {share && room && <ControlMenu share={share} room={room} container={container} />}
      <BarKey label={t(paused ? 'screen.resume' : 'screen.pause')} aria-pressed={paused} onClick={() => session.screen.pause(!paused)}>
        {paused ? <Play size={16} aria-hidden="true" /> : <Pause size={16} aria-hidden="true" />}
      </BarKey>
      <BarKey label={t('screen.stop')} look="leave" onClick={() => session.set('screen', false)}>
        <X size={16} aria-hidden="true" />
        {!compact && t('screen.stop')}
      </BarKey>
    </div>
  );
}
