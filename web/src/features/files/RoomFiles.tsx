import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { SidePanel } from '@/shared/ui/SidePanel';
import { FileRows } from './FileTable';
import { useFiles } from './useFiles';

/** All files of a room, in the panel beside it. */
export function RoomFiles({ room, title, onClose }: { room: Room; title: string; onClose: () => void }) {
  const { t } = useI18n();
  const { files, more } = useFiles(room.id);
  return (
    <SidePanel label={t('room.files')} title={t('room.files')} sub={title} onClose={onClose}>
      <div className="min-h-0 flex-1 overflow-y-auto py-2">
        {files && <FileRows files={files} withRoom={false} />}
        {files?.length === 0 && <p className="p-8 text-center text-14 text-text-3">{t('files.none')}</p>}
        {more && (
          <p className="p-3 text-center">
            <Button look="soft" size="m" onClick={more}>
              {t('app.more')}
            </Button>
          </p>
        )}
      </div>
    </SidePanel>
  );
}
