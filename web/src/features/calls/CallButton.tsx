import { BellRing, ChevronDown, Phone, SlidersHorizontal, Video } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useClient } from '@/app/client';
import { callPath, navigate } from '@/app/router';
import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Button } from '@/shared/ui/Button';
import { Menu, MenuItem, MenuLine } from '@/shared/ui/Menu';
import { joinCallIn, useLiveCall } from './actions';
import { Since } from './LiveNow';
import { loadCall } from './useJoining';

const RingSome = lazy(async () => ({ default: (await import('./RingSome')).RingSome }));

/** Other ways into a call than the button beside it: with sound alone, or after a look at camera, sound and network. */
export function CallWays({ room, look, className = '', onRing }: { room: Room; look: 'soft' | 'signal'; className?: string; onRing?: () => void }) {
  const { t } = useI18n();
  const client = useClient();
  return (
    <Menu
      trigger={
        <Button look={look} size="m" className={`ms-px rounded-s-none! px-1.5 ${className}`} aria-label={t('call.ways')}>
          <ChevronDown size={14} aria-hidden="true" />
        </Button>
      }
    >
      <MenuItem icon={Video} onSelect={() => joinCallIn(client, room.id, 'video', { enter: 'chosen' })}>
        {t('call.video')}
      </MenuItem>
      <MenuItem icon={Phone} onSelect={() => joinCallIn(client, room.id, 'audio', { enter: 'sound' })}>
        {t('call.audio')}
      </MenuItem>
      <MenuLine />
      {onRing && (
        <MenuItem icon={BellRing} onSelect={onRing}>
          {t('call.ringSome')}
        </MenuItem>
      )}
      <MenuItem icon={SlidersHorizontal} onSelect={() => navigate(callPath(room.id))}>
        {t('call.check')}
      </MenuItem>
    </Menu>
  );
}

/** A pointer or the focus is near: the code of calls is fetched before the press. */
const near = (): void => void loadCall().catch(() => undefined);

/** Calls a room, or joins the call that goes on in it. */
export function CallButton({ room }: { room: Room }) {
  const { t } = useI18n();
  const client = useClient();
  const live = useLiveCall(room.id);
  const [ringing, setRinging] = useState(false);
  const inCall = useStore(client.active, (active) => active.step === 'call' && active.wish.roomId === room.id);
  if (!client.config.features.calls || room.role === null || room.archived) return null;
  if (inCall) {
    return (
      <Button look="soft" size="m" onClick={() => navigate(callPath(room.id))} className="ms-1">
        <Video size={17} aria-hidden="true" />
        {t('call.open')}
      </Button>
    );
  }
  if (live) {
    return (
      <div className="ms-1 flex" onPointerEnter={near} onFocus={near}>
        {/* On a phone the line below the name has the ways in. */}
        <Button look="signal" size="m" className="min-[600px]:rounded-e-none!" onClick={() => joinCallIn(client, room.id, live.type)}>
          <Video size={17} aria-hidden="true" />
          {t('call.join')}
          <span aria-hidden="true">
            <Since since={live.answeredAt ?? live.startedAt} />
          </span>
        </Button>
        <CallWays room={room} look="signal" className="max-[599px]:hidden" />
      </div>
    );
  }
  return (
    <div className="ms-1 flex" onPointerEnter={near} onFocus={near}>
      <Button look="soft" size="m" className="rounded-e-none! px-2.5" onClick={() => joinCallIn(client, room.id, 'video')}>
        <Video size={17} aria-hidden="true" />
        <span className="max-sm:sr-only">{t('call.call')}</span>
      </Button>
      <CallWays room={room} look="soft" onRing={room.type === 'direct' ? undefined : () => setRinging(true)} />
      {ringing && (
        <Suspense fallback={null}>
          <RingSome room={room} onClose={() => setRinging(false)} />
        </Suspense>
      )}
    </div>
  );
}
