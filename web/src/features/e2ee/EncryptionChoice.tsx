import { useId } from 'react';
import { useI18n } from '@/shared/i18n';
import { canEncrypt } from './useRoomKeys';

/** Whether a new room is encrypted, and what that costs. */
export function EncryptionChoice({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  const { t } = useI18n();
  const able = canEncrypt();
  const id = useId();
  return (
    <label htmlFor={id} className={`flex items-start gap-2.5 rounded-lg p-3 inset-ring ${on ? 'bg-accent-soft inset-ring-accent' : 'inset-ring-line'} ${able ? 'cursor-pointer' : 'opacity-60'}`}>
      <input id={id} aria-describedby={`${id}-why`} type="checkbox" className="mt-0.5 size-4 flex-none accent-(--accent)" checked={on} disabled={!able} onChange={(event) => onChange(event.target.checked)} />
      <span>
        <span className="block text-13 font-semibold">{t('e2ee.room')}</span>
        <span id={`${id}-why`} className="block text-12 text-text-2">{t(able ? 'e2ee.roomWhy' : 'e2ee.unsupported')}</span>
      </span>
    </label>
  );
}
