import * as Menu from '@radix-ui/react-dropdown-menu';
import { ChevronUp, Phone } from 'lucide-react';
import { useShownKeys } from '@/features/palette/useKeys';
import { useI18n } from '@/shared/i18n';
import { useSession } from '../session/CallContext';
import { useRoomCall } from '../session/RoomCallContext';
import { menuBox, menuRow, releaseMenu } from './looks';

/** Leaving, and for hosts the other way out: the end for everybody. */
export function LeaveKey({ container, near }: { container: HTMLElement | null; near: boolean }) {
  const { t } = useI18n();
  const session = useSession();
  const roomCall = useRoomCall();
  const shownKeys = useShownKeys();
  const host = roomCall?.host;
  const red = 'flex h-12 items-center bg-leave font-semibold text-white transition-colors duration-(--d1) hover:bg-leave-hover';
  return (
    <span className={`${near ? 'ms-0.5' : 'ms-3'} inline-flex h-12 overflow-hidden rounded-xl`}>
      <button
        type="button"
        title={shownKeys('leave')}
        onClick={() => (roomCall ? roomCall.leave() : session.leave())}
        className={`${red} gap-2 ${host ? 'ps-4.5 pe-3' : 'px-4.5'} text-14`}
      >
        <Phone size={18} aria-hidden="true" className="rotate-135" />
        {t('controls.leave')}
      </button>
      {host && (
        <Menu.Root modal={false}>
          <Menu.Trigger asChild>
            <button type="button" aria-label={t('more.endWays')} className={`${red} w-7 justify-center border-s border-white/30 pointer-coarse:w-11`}>
              <ChevronUp size={16} aria-hidden="true" />
            </button>
          </Menu.Trigger>
          <Menu.Portal container={container}>
            <Menu.Content side="top" align="end" sideOffset={8} collisionPadding={8} className={menuBox} onCloseAutoFocus={releaseMenu}>
              <Menu.Item className={menuRow} onSelect={() => roomCall.leave()}>
                {t('more.leaveOnly')}
              </Menu.Item>
              <Menu.Item className={`${menuRow} text-danger`} onSelect={() => host.endForAll()}>
                {t('more.endForAll')}
              </Menu.Item>
            </Menu.Content>
          </Menu.Portal>
        </Menu.Root>
      )}
    </span>
  );
}
