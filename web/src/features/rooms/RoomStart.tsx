import { UserPlus } from 'lucide-react';
import { memo, useState } from 'react';
import { useClient } from '@/app/client';
import type { Message, Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Button } from '@/shared/ui/Button';
import { Flag } from '@/shared/ui/Flag';
import { Halyard } from './Halyard';
import { InviteDialog } from './InviteDialog';
import { RoomSettings } from './RoomSettings';

interface Props {
  room: Room;
  title: string;
}

/** Nobody has said anything yet: what to do first. */
function Silent({ room, title }: Props) {
  const { t } = useI18n();
  const [dialog, setDialog] = useState<'invite' | 'topic' | null>(null);
  const direct = room.type === 'direct';
  const mayChange = !direct && (room.role === 'owner' || room.role === 'moderator');
  return (
    <div className="flex min-h-[min(420px,60dvh)] flex-col items-center justify-center gap-2 px-5 py-8 text-center">
      {!direct && <Halyard flag={room.flag} />}
      <h2 className="mt-4 text-17 font-semibold tracking-[-0.01em]">{direct ? <bdi>{title}</bdi> : t('room.silent')}</h2>
      <p className="max-w-md text-14 text-text-2">{t(direct ? 'room.startDirect' : mayChange ? 'room.silentLead' : 'room.silentOther')}</p>
      {mayChange && (
        <div className="mt-3 flex flex-wrap justify-center gap-2">
          <Button look="primary" size="m" onClick={() => setDialog('invite')}>
            <UserPlus size={16} aria-hidden="true" />
            {t('invite.open')}
          </Button>
          <Button size="m" onClick={() => setDialog('topic')}>
            {t('room.setTopic')}
          </Button>
        </div>
      )}
      <InviteDialog room={room} open={dialog === 'invite'} onClose={() => setDialog(null)} />
      <RoomSettings room={room} open={dialog === 'topic'} onClose={() => setDialog(null)} />
    </div>
  );
}

/** Who holds the key of an encrypted room has said nothing yet. */
const isAboutKeys = ({ sealed }: Message): boolean => sealed === 'device' || sealed === 'renewed';

/** Where a room's history begins. */
export const RoomStart = memo(function RoomStart({ room, title }: Props) {
  const { t } = useI18n();
  const client = useClient();
  const silent = useStore(
    client.messages,
    (state) => (state.rooms[room.id]?.items ?? []).every(isAboutKeys) && state.outbox.every(({ roomId }) => roomId !== room.id),
  );
  if (silent) return <Silent room={room} title={title} />;
  const direct = room.type === 'direct';
  return (
    <div className="flex flex-col items-start gap-2 px-5 pt-8 pb-4">
      {!direct && <Flag room={room.id} spec={room.flag} size={48} />}
      <h2 className="text-20 font-semibold tracking-[-0.012em]" dir="auto">
        <bdi>{title}</bdi>
      </h2>
      <p className="max-w-lg text-14 text-text-2">{t(direct ? 'room.startDirect' : 'room.start')}</p>
    </div>
  );
});
