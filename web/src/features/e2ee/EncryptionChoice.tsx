import { useId } from 'react';
import { useI18n } from '@/shared/i18n';
import { canEncrypt } from './useRoomKeys';

/** Whether a new room is encrypted, and what that costs. */
export function EncryptionChoice({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  const { t } = useI18n();
  const able = canEncrypt();
  const id = useId();
  return (
    <div className={`flex items-start gap-2.5 rounded-lg p-3 inset-ring ${on ? 'bg-accent-soft inset-ring-accent' : 'inset-ring-line'} ${able ? '' : 'opacity-60'}`}>
      <input
        id={id}
        aria-describedby={`${id}-why`}
        type="checkbox"
        className="mt-0.5 size-4 flex-none accent-(--accent)"
        checked={on}
        disabled={!able}
        onChange={(event) => onChange(event.target.checked)}
      />
      <div>
        <label htmlFor={id} className="block text-13 font-semibold">
          {t('e2ee.room')}
        </label>
        <p id={`${id}-why`} className="text-12 text-text-2">
          {t(able ? 'e2ee.roomWhy' : 'e2ee.unsupported')}
        </p>
      </div>
    </div>
  );
}
