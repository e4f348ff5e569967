import { EllipsisVertical, Hand, Mic, MicOff, Pin, PinOff, ShieldCheck, Spotlight, UserX, Video, VideoOff } from 'lucide-react';
import { memo } from 'react';
import { useI18n } from '@/shared/i18n';
import { Avatar } from '@/shared/ui/Avatar';
import { Button } from '@/shared/ui/Button';
import { IconButton } from '@/shared/ui/IconButton';
import { Menu, MenuItem, MenuLine } from '@/shared/ui/Menu';
import { VoiceBars } from '@/shared/ui/VoiceBars';
import { userOf, type HostActs } from '../session/RoomCallContext';
import type { Person } from '../session/types';

interface Props {
  person: Person;
  /** Place in the order of raised hands; 0 without one. */
  hand: number;
  isHost: boolean;
  pinned: boolean;
  spotlit: boolean;
  host?: HostActs;
  onPin: (identity: string) => void;
}

function PersonMenu({ person, hand, pinned, spotlit, host, onPin }: Omit<Props, 'isHost'>) {
  const { t } = useI18n();
  const user = userOf(person.identity);
  return (
    <Menu trigger={<IconButton small data-row={person.name} label={t('stage.menuOf', { name: person.name })} icon={EllipsisVertical} size={16} />}>
      <MenuItem icon={pinned ? PinOff : Pin} onSelect={() => onPin(person.identity)}>
        {t(pinned ? 'stage.unpin' : 'stage.pin')}
      </MenuItem>
      {host && (
        <MenuItem icon={Spotlight} onSelect={() => host.spotlight(spotlit ? null : person.identity)}>
          {t(spotlit ? 'stage.spotlightEnd' : 'stage.spotlight')}
        </MenuItem>
      )}
      {host && hand > 0 && (
        <MenuItem icon={Hand} onSelect={() => host.lowerHand(user)}>
          {t('stage.lowerHand')}
        </MenuItem>
      )}
      {host && !person.me && (
        <>
          <MenuLine />
          {person.microphone ? (
            <MenuItem icon={MicOff} onSelect={() => host.mute([user])}>
              {t('stage.mute')}
            </MenuItem>
          ) : (
            <MenuItem icon={Mic} onSelect={() => host.askUnmute(user)}>
              {t('stage.askUnmute')}
            </MenuItem>
          )}
          <MenuItem icon={VideoOff} disabled={!person.cameraOn} onSelect={() => host.stopVideo(user, person.cameraSid)}>
            {t('stage.stopVideo')}
          </MenuItem>
          <MenuLine />
          {host.promotable.includes(user) && (
            <MenuItem icon={ShieldCheck} onSelect={() => host.makeHost(user)}>
              {t('stage.makeHost')}
            </MenuItem>
          )}
          <MenuItem icon={UserX} danger onSelect={() => host.remove(user)}>
            {t('stage.remove')}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

const iconLook = 'flex-none';

function Devices({ person }: { person: Person }) {
  const { t } = useI18n();
  const { speaking, microphone, cameraOn } = person;
  return (
    <>
      {speaking ? (
        <span className="voice-chip" role="img" aria-label={t('stage.speaking')}>
          <VoiceBars />
        </span>
      ) : microphone ? (
        <Mic size={16} role="img" aria-label={t('stage.micOn')} className={`${iconLook} text-text-3`} />
      ) : (
        <MicOff size={16} role="img" aria-label={t('stage.micOff')} className={iconLook} />
      )}
      {cameraOn ? (
        <Video size={17} role="img" aria-label={t('stage.cameraOn')} className={`${iconLook} text-text-3`} />
      ) : (
        <VideoOff size={17} role="img" aria-label={t('stage.cameraOff')} className={iconLook} />
      )}
    </>
  );
}

/** One person of the list, with what a host may do with them. */
export const PersonRow = memo(function PersonRow({ person, hand, isHost, pinned, spotlit, host, onPin }: Props) {
  const { t } = useI18n();
  const sub = person.screen ? t('stage.sharing') : isHost ? t('stage.host') : null;
  return (
    <li className="group flex min-h-11 items-center gap-2.5 rounded-lg px-2 hover:bg-hover focus-within:bg-hover">
      <Avatar id={userOf(person.identity)} name={person.name} size={30} />
      <span className="min-w-0 flex-1">
        <bdi className="block truncate text-14 font-semibold">{person.me ? t('call.you') : person.name}</bdi>
        {sub && <span className="block truncate text-12 text-text-3">{sub}</span>}
      </span>
      {pinned && <Pin size={15} role="img" aria-label={t('layout.pinned')} className="flex-none text-accent" />}
      {spotlit && <Spotlight size={15} role="img" aria-label={t('tile.spotlight')} className="flex-none text-accent" />}
      {hand > 0 && (
        <span className="chip chip-signal" aria-label={t('stage.handOrder', { n: hand })} role="img">
          <Hand size={13} aria-hidden="true" />
          {hand}
        </span>
      )}
      {host && !person.me && person.microphone && (
        <Button size="s" className="hidden group-focus-within:inline-flex group-hover:inline-flex" tabIndex={-1} onClick={() => host.mute([userOf(person.identity)])}>
          {t('stage.mute')}
        </Button>
      )}
      <Devices person={person} />
      <PersonMenu person={person} hand={hand} pinned={pinned} spotlit={spotlit} host={host} onPin={onPin} />
    </li>
  );
});
