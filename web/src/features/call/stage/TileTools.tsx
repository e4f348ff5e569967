import { EllipsisVertical, Hand, Mic, MicOff, Pin, PinOff, Spotlight, UserX, VideoOff } from 'lucide-react';
import * as Menu from '@radix-ui/react-dropdown-menu';
import { useI18n } from '@/shared/i18n';
import { menuBox, menuRow } from '../controls/looks';
import { userOf, type HostActs } from '../session/RoomCallContext';
import type { Person } from '../session/types';
import type { Box } from './layout';
import { boxStyle } from './Tile';

interface Props {
  person: Person;
  box: Box;
  hand: number;
  pinned: boolean;
  spotlit: boolean;
  host?: HostActs;
  menuOpen: boolean;
  onMenu: (open: boolean) => void;
  onPin: () => void;
  container: HTMLElement | null;
}

function Row({ icon: Icon, danger, onSelect, children }: { icon: typeof Pin; danger?: boolean; onSelect: () => void; children: string }) {
  return (
    <Menu.Item className={`${menuRow} ${danger ? 'text-danger' : ''}`} onSelect={onSelect}>
      <Icon size={16} aria-hidden="true" className={danger ? undefined : 'text-text-3'} />
      {children}
    </Menu.Item>
  );
}

const key = 'pointer-events-auto grid size-8 place-items-center rounded-lg bg-plate text-white hover:bg-stage-raised pointer-coarse:size-11';

/** What can be done with the one tile under the pointer or the focus; drawn once, not in every tile. */
export function TileTools({ person, box, hand, pinned, spotlit, host, menuOpen, onMenu, onPin, container }: Props) {
  const { t } = useI18n();
  const user = userOf(person.identity);
  return (
    <div data-tools="" className="tile-tools" style={boxStyle(box)}>
      <button type="button" tabIndex={-1} aria-pressed={pinned} aria-label={t('stage.pinName', { name: person.name })} className={key} onClick={onPin}>
        {pinned ? <PinOff size={16} aria-hidden="true" /> : <Pin size={16} aria-hidden="true" />}
      </button>
      <Menu.Root modal={false} open={menuOpen} onOpenChange={onMenu}>
        <Menu.Trigger asChild>
          <button type="button" tabIndex={-1} aria-label={t('stage.menuOf', { name: person.name })} className={key}>
            <EllipsisVertical size={16} aria-hidden="true" />
          </button>
        </Menu.Trigger>
        <Menu.Portal container={container}>
          <Menu.Content
            align="start"
            sideOffset={6}
            collisionPadding={8}
            className={menuBox}
            onCloseAutoFocus={(event) => {
              // To the tile, not to the key over it: arrows go on from there.
              event.preventDefault();
              document.querySelector<HTMLElement>(`figure[data-identity="${CSS.escape(person.identity)}"]`)?.focus();
            }}
          >
            <Row icon={pinned ? PinOff : Pin} onSelect={onPin}>
              {t(pinned ? 'stage.unpin' : 'stage.pin')}
            </Row>
            {host && (
              <Row icon={Spotlight} onSelect={() => host.spotlight(spotlit ? null : person.identity)}>
                {t(spotlit ? 'stage.spotlightEnd' : 'stage.spotlight')}
              </Row>
            )}
            {host && hand > 0 && (
              <Row icon={Hand} onSelect={() => host.lowerHand(user)}>
                {t('stage.lowerHand')}
              </Row>
            )}
            {host && !person.me && (
              <>
                {person.microphone ? (
                  <Row icon={MicOff} onSelect={() => host.mute([user])}>
                    {t('stage.mute')}
                  </Row>
                ) : (
                  <Row icon={Mic} onSelect={() => host.askUnmute(user)}>
                    {t('stage.askUnmute')}
                  </Row>
                )}
                {person.cameraOn && (
                  <Row icon={VideoOff} onSelect={() => host.stopVideo(user, person.cameraSid)}>
                    {t('stage.stopVideo')}
                  </Row>
                )}
                <Row icon={UserX} danger onSelect={() => host.remove(user)}>
                  {t('stage.remove')}
                </Row>
              </>
            )}
          </Menu.Content>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}
