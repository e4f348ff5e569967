import { useCallback } from 'react';
import { useI18n } from '@/shared/i18n';

/** Numbers as a person wants them beside a plot: three digits that matter. */
export function useNumbers(): (value: number) => string {
  const { language } = useI18n();
  return useCallback(
    (value) => new Intl.NumberFormat(language, value >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 }).format(value),
    [language],
  );
}
