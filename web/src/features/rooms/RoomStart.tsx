import { memo, useState } from 'react';
import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { Flag } from '@/shared/ui/Flag';
import { InviteDialog } from './InviteDialog';

/** Where a room's history begins. */
export const RoomStart = memo(function RoomStart({ room, title }: { room: Room; title: string }) {
  const { t } = useI18n();
  const [inviting, setInviting] = useState(false);
  const direct = room.type === 'direct';
  return (
    <div className="flex flex-col items-start gap-2 px-5 pt-8 pb-4">
      {!direct && <Flag room={room.id} spec={room.flag} size={48} />}
      <h2 className="text-20 font-semibold tracking-[-0.012em]" dir="auto">
        <bdi>{title}</bdi>
      </h2>
      <p className="max-w-lg text-14 text-text-2">{t(direct ? 'room.startDirect' : 'room.start')}</p>
      {!direct && (room.role === 'owner' || room.role === 'moderator') && (
        <Button look="soft" size="m" onClick={() => setInviting(true)}>
          {t('invite.open')}
        </Button>
      )}
      <InviteDialog room={room} open={inviting} onClose={() => setInviting(false)} />
    </div>
  );
});
