import { useI18n } from '@/shared/i18n';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** A length of time in the largest unit that fits. */
export function useSpan(): (ms: number) => string {
  const { t } = useI18n();
  return (ms) => {
    if (ms >= DAY_MS) return t('files.days', { n: Math.round(ms / DAY_MS) });
    if (ms >= HOUR_MS) return t('files.hours', { n: Math.round(ms / HOUR_MS) });
    if (ms >= MINUTE_MS) return t('files.minutes', { n: Math.round(ms / MINUTE_MS) });
    return t('files.seconds', { n: Math.round(ms / 1000) });
  };
}
