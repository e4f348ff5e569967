import { useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import { roomPath } from '@/app/router';
import type { Call, Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { AvatarStack } from '@/shared/ui/Avatar';
import { Button } from '@/shared/ui/Button';
import { Flag } from '@/shared/ui/Flag';
import { Link } from '@/shared/ui/Link';
import { VoiceBars } from '@/shared/ui/VoiceBars';
import { roomTitle } from '@/features/rooms/actions';
import { joinCallIn } from './actions';
import { clock } from './clock';

/** Time since the call began, ticking by itself. */
export function Since({ since }: { since: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <bdi dir="ltr" className="num tabular-nums">
      {clock(Math.max(0, Math.floor((now - Date.parse(since)) / 1000)))}
    </bdi>
  );
}

/** Who is in a call now. */
export const peopleIn = (call: Call) =>
  call.participants
    .filter(({ status }) => status === 'joined')
    .map(({ userId, name }) => ({ id: userId, name: name ?? '' }));

function LiveCard({ call, room, here }: { call: Call; room: Room; here: boolean }) {
  const { t } = useI18n();
  const client = useClient();
  const title = roomTitle(client, room);
  const people = peopleIn(call);
  return (
    <li className="live-card">
      <div className="live-row flex items-center gap-2.5 font-semibold text-text">
        <Flag room={room.id} spec={room.flag} size={20} />
        <Link to={roomPath(room.id)} className="name min-w-0 flex-1 truncate" title={title}>
          <bdi>{title}</bdi>
        </Link>
        <span className="voice-chip">
          <VoiceBars />
        </span>
      </div>
      <div className="mt-1.5 flex items-center gap-2">
        <AvatarStack people={people.slice(0, 3)} size={22} more={Math.max(0, people.length - 3)} />
        <span className="num flex-1 text-12 font-normal text-text-3">
          <Since since={call.answeredAt ?? call.startedAt} />
        </span>
        {!here && (
          <Button look="soft" size="s" className="join" onClick={() => joinCallIn(client, room.id, call.type)}>
            {t('call.join')}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Rooms with a call. The room on screen has its own way into it. */
export function LiveNow({ current }: { current: string | null }) {
  const { t } = useI18n();
  const client = useClient();
  const live = useStore(client.calls, (state) => Object.values(state.live).filter(({ status }) => status === 'active'));
  const rooms = useStore(client.rooms, (state) => state.byId);
  const known = live.flatMap((call) => {
    const room = rooms[call.roomId];
    return room ? [{ call, room }] : [];
  });
  if (known.length === 0) return null;
  return (
    <>
      <h3 className="sect">
        <span className="name">{t('side.live')}</span>
      </h3>
      <ul role="list" aria-label={t('side.live')}>
        {known.map(({ call, room }) => (
          <LiveCard key={call.id} call={call} room={room} here={room.id === current} />
        ))}
      </ul>
    </>
  );
}
