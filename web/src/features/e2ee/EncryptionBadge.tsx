import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { SecretDialog } from './SecretForm';
import { useLock } from './useRoomKeys';

const EncryptionDialog = lazy(async () => ({ default: (await import('./EncryptionDialog')).EncryptionDialog }));

/** Beside the name of an encrypted room; opens what there is to know about it. */
export function EncryptionBadge({ room }: { room: Room }) {
  const { t } = useI18n();
  const lock = useLock(room.id);
  const [open, setOpen] = useState(false);
  if (lock === 'plain') return null;
  const locked = lock === 'locked';
  const Icon = locked ? ShieldAlert : ShieldCheck;
  const close = () => setOpen(false);
  return (
    <>
      <button type="button" className={`chip ${locked ? 'chip-signal' : 'chip-ok'} min-h-6 pointer-coarse:min-h-11`} title={t('e2ee.open')} onClick={() => setOpen(true)}>
        <Icon size={12} aria-hidden="true" />
        {t(locked ? 'e2ee.badgeLocked' : 'e2ee.badge')}
      </button>
      {locked && <SecretDialog room={room} open={open} onClose={close} />}
      {!locked && open && (
        <Suspense fallback={null}>
          <EncryptionDialog room={room} open onClose={close} />
        </Suspense>
      )}
    </>
  );
}
