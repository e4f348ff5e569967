import { useClient } from '@/app/client';
import { navigate, roomPath } from '@/app/router';
import { useI18n } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';
import { showError } from '@/features/notices/actions';
import { directRoom } from './actions';
import { PeoplePicker } from './PeoplePicker';

/** Finds somebody and opens the conversation with them. */
export function NewMessageDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useI18n();
  const client = useClient();
  return (
    <Dialog open={open} onClose={onClose} title={t('side.newMessage')} width={440}>
      <div className="min-h-64 px-6 pb-6">
        <PeoplePicker
          label={t('people.to')}
          picked={[]}
          onChange={() => undefined}
          onOne={(person) => {
            onClose();
            directRoom(client, person).then(
              (room) => navigate(roomPath(room.id)),
              (error: unknown) => showError(client, error),
            );
          }}
        />
      </div>
    </Dialog>
  );
}
