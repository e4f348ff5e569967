import { MessageSquare, Phone, Video } from 'lucide-react';
import { useClient } from '@/app/client';
import { navigate, roomPath } from '@/app/router';
import type { Id, Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { momentText } from '@/shared/lib/time';
import { useStore } from '@/shared/state/store';
import { Avatar } from '@/shared/ui/Avatar';
import { Button } from '@/shared/ui/Button';
import { Dialog } from '@/shared/ui/Dialog';
import { joinCallIn } from '@/features/calls/actions';
import { showError } from '@/features/notices/actions';
import { statusOf } from '@/features/presence/presenceReducer';
import { directRoom } from './actions';

interface Props {
  room: Room;
  userId: Id;
  /** Of somebody who is in the room no more. */
  name: string;
  avatarUrl?: string | null;
  onClose: () => void;
}

/** Who somebody is, and the ways to reach them. */
export function PersonCard({ room, userId, name: written, avatarUrl, onClose }: Props) {
  const { t, language } = useI18n();
  const client = useClient();
  const member = useStore(client.rooms, (state) => state.members[room.id]?.find((one) => one.userId === userId));
  const status = useStore(client.presence, (state) => statusOf(state, userId));
  const seenAt = useStore(client.presence, (state) => state.people[userId]?.lastSeenAt) ?? member?.lastSeenAt;
  const self = useStore(client.session, (state) => state.user?.id === userId);
  const name = member?.name ?? written;
  const withDirect = (act: (direct: Room) => void) =>
    directRoom(client, { id: userId }).then(
      (direct) => {
        onClose();
        act(direct);
      },
      (error: unknown) => showError(client, error),
    );
  return (
    <Dialog open onClose={onClose} title={name} bare width={360}>
      <div className="flex flex-col items-center gap-1 p-6 text-center">
        <Avatar id={userId} name={name} size={88} url={member?.avatarUrl ?? avatarUrl} presence={status} />
        <p className="mt-3 max-w-full truncate text-20 font-semibold tracking-[-0.012em]" aria-hidden="true">
          <bdi>{name}</bdi>
        </p>
        {member?.handle && (
          <p className="text-13 text-text-3" dir="ltr">
            @{member.handle}
          </p>
        )}
        <p className="text-13 text-text-2">
          {t(`presence.${status}`)}
          {status === 'offline' && seenAt && <> · {t('people.lastSeen', { time: momentText(seenAt, language) })}</>}
        </p>
        <p className="mt-1 flex flex-wrap justify-center gap-1.5">
          {member && <span className="chip">{t(`role.${member.role}`)}</span>}
          {self && <span className="chip">{t('call.you')}</span>}
          {!member && <span className="chip">{t('people.left')}</span>}
        </p>
        {!self && (
          <div className="mt-5 flex flex-wrap justify-center gap-2">
            <Button look="primary" onClick={() => void withDirect((direct) => navigate(roomPath(direct.id)))}>
              <MessageSquare size={17} aria-hidden="true" />
              {t('people.write')}
            </Button>
            {client.config.features.calls && (
              <>
                <Button onClick={() => void withDirect((direct) => joinCallIn(client, direct.id, 'audio'))}>
                  <Phone size={17} aria-hidden="true" />
                  {t('call.audio')}
                </Button>
                <Button onClick={() => void withDirect((direct) => joinCallIn(client, direct.id, 'video'))}>
                  <Video size={17} aria-hidden="true" />
                  {t('call.video')}
                </Button>
              </>
            )}
          </div>
        )}
      </div>
    </Dialog>
  );
}
