import { lazy, Suspense } from 'react';
import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';

const RoomSettingsForm = lazy(async () => ({ default: (await import('./RoomSettingsForm')).RoomSettingsForm }));

export function RoomSettings({ room, open, onClose }: { room: Room; open: boolean; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Dialog open={open} onClose={onClose} title={t('room.settings')} width={480}>
      <Suspense fallback={null}>
        <RoomSettingsForm room={room} onClose={onClose} />
      </Suspense>
    </Dialog>
  );
}
