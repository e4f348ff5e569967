import * as Menu from '@radix-ui/react-dropdown-menu';
import { Activity, Captions, Check, Ellipsis, Link, Maximize, PictureInPicture2, ScreenShare, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { canShare } from '@/features/share/capture/canShare';
import { toggleShare } from '@/features/share/capture/toggleShare';
import { languages, useI18n } from '@/shared/i18n';
import { useKept } from '@/shared/state/kept';
import { captionsOn, toggleCaptions } from '../captions/captions';
import { usePreferences } from '../devices/preferences';
import { useCall, useSession } from '../session/CallContext';
import { useRoomCall } from '../session/RoomCallContext';
import type { Ability } from '../session/types';
import { copyLinkByKey } from './copyLink';
import { DeviceChoices } from './DeviceMenu';
import { canFullScreen, toggleFullScreen } from './fullScreen';
import { LayoutRows } from './LayoutMenu';
import { aloneKey, menuBox, menuRow, phoneKey, plainFace, releaseMenu } from './looks';
import { canPip, usePip } from '../pip/PipContext';
import { ReactionRow } from './ReactKey';

interface Props {
  container: HTMLElement | null;
  phone: boolean;
  /** What has no key of its own at this width stands in here. */
  withInvite: boolean;
  withReact: boolean;
  withLayout: boolean;
}

/** A row that can be on or off, or says why it cannot. */
function AbilityRow({ is, label, why, onChange }: { is: Ability; label: string; why: string; onChange: () => void }) {
  return (
    <Menu.CheckboxItem checked={is === 'on'} disabled={is === 'unable'} className={menuRow} onCheckedChange={onChange}>
      <span className="grid w-4 flex-none">
        <Menu.ItemIndicator>
          <Check size={16} aria-hidden="true" className="text-accent" />
        </Menu.ItemIndicator>
      </span>
      <span className="min-w-0 flex-1">
        {label}
        {is === 'unable' && <span className="block text-12 text-text-3">{why}</span>}
      </span>
    </Menu.CheckboxItem>
  );
}

function DeviceRows() {
  const { t } = useI18n();
  const session = useSession();
  const { blur, noise, people } = useCall();
  const { change } = usePreferences();
  const me = people.find((person) => person.me);
  return (
    <>
      {me?.cameraOn && <AbilityRow is={blur} label={t('more.blur')} why={t('more.blurWhy')} onChange={() => session.devices.toggleBlur()} />}
      {me?.microphone && (
        <AbilityRow
          is={noise}
          label={t('more.noise')}
          why={t('more.noiseWhy')}
          onChange={() => {
            const on = noise !== 'on';
            change({ noiseSuppression: on });
            session.devices.setNoise(on);
          }}
        />
      )}
    </>
  );
}

/** With a `why` it cannot be done here, and says so. */
function Row({ icon, why, children, onSelect }: { icon: ReactNode; why?: string; children: ReactNode; onSelect: () => void }) {
  return (
    <Menu.Item className={menuRow} disabled={why !== undefined} onSelect={onSelect}>
      <span className="grid w-4 flex-none place-items-center text-text-3">{icon}</span>
      <span className="min-w-0 flex-1">
        {children}
        {why && <span className="block text-12 text-text-3">{why}</span>}
      </span>
    </Menu.Item>
  );
}

/** Everything that has no key of its own, now or at this width. */
export function MoreMenu({ container, phone, withInvite, withReact, withLayout }: Props) {
  const { t, language } = useI18n();
  const session = useSession();
  const roomCall = useRoomCall();
  const pip = usePip();
  const captions = useKept(captionsOn);
  const [key, label] = phone ? [phoneKey, <span className="max-w-full truncate" key="label">{t('controls.more')}</span>] : [aloneKey, null];
  return (
    <Menu.Root modal={false} dir={languages[language].direction}>
      <Menu.Trigger asChild>
        <button type="button" aria-label={t('controls.more')} title={t('controls.more')} className={`${key} ${plainFace}`}>
          <Ellipsis size={phone ? 22 : 21} aria-hidden="true" />
          {label}
        </button>
      </Menu.Trigger>
      <Menu.Portal container={container}>
        <Menu.Content side="top" align="center" sideOffset={8} collisionPadding={8} className={menuBox} onCloseAutoFocus={releaseMenu}>
          {withReact && roomCall && (
            <>
              <Menu.Item asChild onSelect={(event) => event.preventDefault()}>
                <div className="flex justify-center outline-none">
                  <ReactionRow onPick={roomCall.react} />
                </div>
              </Menu.Item>
              <Menu.Separator className="menu-line" />
            </>
          )}
          {withLayout && (
            <>
              <LayoutRows />
              <Menu.Separator className="menu-line" />
            </>
          )}
          <DeviceRows />
          {phone && (roomCall !== null || !canShare()) && (
            <Row icon={<ScreenShare size={16} aria-hidden="true" />} why={canShare() ? undefined : t('screen.unable')} onSelect={() => toggleShare(session)}>
              {t('controls.share')}
            </Row>
          )}
          {phone && (
            <Row icon={<Users size={16} aria-hidden="true" />} onSelect={() => session.view.dispatch({ type: 'togglePanel', panel: 'people' })}>
              {t('stage.people')}
            </Row>
          )}
          {withInvite && (
            <Row icon={<Link size={16} aria-hidden="true" />} onSelect={() => copyLinkByKey(session)}>
              {t('more.invite')}
            </Row>
          )}
          {phone && (
            <Menu.CheckboxItem checked={captions} className={menuRow} onCheckedChange={toggleCaptions}>
              <span className="grid w-4 flex-none place-items-center text-text-3">
                {captions ? <Check size={16} aria-hidden="true" className="text-accent" /> : <Captions size={16} aria-hidden="true" />}
              </span>
              {t('captions.title')}
            </Menu.CheckboxItem>
          )}
          {canPip() && (
            <Row icon={<PictureInPicture2 size={16} aria-hidden="true" />} onSelect={pip.open}>
              {t('more.pip')}
            </Row>
          )}
          {canFullScreen() && (
            <Row icon={<Maximize size={16} aria-hidden="true" />} onSelect={toggleFullScreen}>
              {t('more.fullScreen')}
            </Row>
          )}
          <Row icon={<Activity size={16} aria-hidden="true" />} onSelect={() => session.view.dispatch({ type: 'toggle', what: 'stats' })}>
            {t('more.statistics')}
          </Row>
          {phone && (
            <>
              <Menu.Separator className="menu-line" />
              <DeviceChoices of={['microphoneId', 'cameraId', 'speakerId']} />
              {roomCall?.host && (
                <>
                  <Menu.Separator className="menu-line" />
                  <Menu.Item className={`${menuRow} text-danger`} onSelect={() => roomCall.host?.endForAll()}>
                    {t('more.endForAll')}
                  </Menu.Item>
                </>
              )}
            </>
          )}
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
