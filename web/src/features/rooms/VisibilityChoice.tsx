import { Globe, Lock } from 'lucide-react';
import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';

/** Who may come into a room: those added, or everybody on this server. */
export function VisibilityChoice({ value, onChange }: { value: Room['visibility']; onChange: (value: Room['visibility']) => void }) {
  const { t } = useI18n();
  return (
    <div role="radiogroup" aria-label={t('room.who')} className="grid grid-cols-2 gap-2">
      {(['private', 'public'] as const).map((each) => {
        const Icon = each === 'public' ? Globe : Lock;
        return (
          <label
            key={each}
            className={`flex cursor-pointer items-start gap-2.5 rounded-lg p-3 inset-ring has-focus-visible:outline-2 ${value === each ? 'bg-accent-soft inset-ring-accent' : 'inset-ring-line hover:bg-hover'}`}
          >
            <input type="radio" name="visibility" checked={value === each} onChange={() => onChange(each)} className="sr-only" />
            <Icon size={17} aria-hidden="true" className="mt-0.5 flex-none text-text-2" />
            <span>
              <span className="block text-13 font-semibold">{t(`room.${each}`)}</span>
              <span className="block text-12 text-text-2">{t(`room.${each}Why`)}</span>
            </span>
          </label>
        );
      })}
    </div>
  );
}
