import { RefreshCw } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useI18n } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { onUpdate, takeUpdate, updateReady } from './updates';

/** Offers the newer version; who is at work stays until they want it. */
export function UpdateNotice() {
  const { t } = useI18n();
  const ready = useSyncExternalStore(onUpdate, updateReady);
  return (
    // In narrow windows below the header, whose keys it would lie on.
    <div role="status" className="pointer-events-none fixed inset-x-0 top-3 z-80 flex justify-center px-4 max-md:top-16">
      {ready && (
        <p className="appear pointer-events-auto flex items-center gap-3 rounded-xl bg-raised py-2 ps-4 pe-2 text-13 shadow-2 inset-ring inset-ring-line">
          {t('app.update')}
          <Button size="m" look="soft" onClick={takeUpdate}>
            <RefreshCw size={15} aria-hidden="true" />
            {t('app.reload')}
          </Button>
        </p>
      )}
    </div>
  );
}
