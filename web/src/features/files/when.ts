import { useI18n } from '@/shared/i18n';
import { dateText, timeText } from '@/shared/lib/time';

const DAY_MS = 86_400_000;

const dayOf = (date: Date): number => Math.round(new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime() / DAY_MS);

/** A moment as people name it: today and yesterday with the time, before that the day. */
export function useWhen(): (iso: string) => string {
  const { t, language } = useI18n();
  return (iso) => {
    const days = dayOf(new Date()) - dayOf(new Date(iso));
    if (days === 0) return t('files.today', { time: timeText(iso, language) });
    return days === 1 ? t('files.yesterday', { time: timeText(iso, language) }) : dateText(iso, language);
  };
}
