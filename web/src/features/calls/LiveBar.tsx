import { useClient } from '@/app/client';
import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useMedia } from '@/shared/lib/useMedia';
import { AvatarStack } from '@/shared/ui/Avatar';
import { Button } from '@/shared/ui/Button';
import { VoiceBars } from '@/shared/ui/VoiceBars';
import { joinCallIn, useLiveCall } from './actions';
import { CallWays } from './CallButton';
import { peopleIn, Since } from './LiveNow';

/** On a phone: the call that goes on in this room, below its name. */
export function LiveBar({ room }: { room: Room }) {
  const { t } = useI18n();
  const client = useClient();
  const live = useLiveCall(room.id);
  const phone = useMedia('(max-width: 599px)');
  if (!live || !phone) return null;
  const people = peopleIn(live);
  return (
    <div className="live-bar">
      <span className="voice-chip">
        <VoiceBars />
      </span>
      <span>{t('call.call')}</span>
      <AvatarStack people={people.slice(0, 3)} size={26} more={Math.max(0, people.length - 3)} />
      <span className="flex-1 font-normal text-text-3">
        <Since since={live.answeredAt ?? live.startedAt} />
      </span>
      <div className="flex">
        <Button look="signal" size="m" className="rounded-e-none!" onClick={() => joinCallIn(client, room.id, live.type)}>
          {t('call.join')}
        </Button>
        <CallWays room={room} look="signal" />
      </div>
    </div>
  );
}
