import { useI18n } from '@/shared/i18n';
import { useAdmin, useAdminStore } from './AdminContext';

export const ranges = [5, 15, 60] as const;

/** How far back the plots go. */
export function RangeChoice() {
  const { t } = useI18n();
  const store = useAdminStore();
  const chosen = useAdmin((state) => state.range);
  return (
    <div className="seg" role="group" aria-label={t('admin.range')}>
      {ranges.map((minutes) => (
        <button key={minutes} type="button" aria-pressed={minutes === chosen} onClick={() => store.dispatch({ type: 'range', minutes })}>
          {minutes === 60 ? t('admin.hour') : t('admin.minutes', { n: minutes })}
        </button>
      ))}
    </div>
  );
}
