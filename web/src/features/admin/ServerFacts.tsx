import { useI18n } from '@/shared/i18n';
import type { Overview } from './adminReducer';
import { Pairs } from './Pairs';

const DAY = 86_400;
const HOUR = 3600;

export function useUptime(): (seconds: number) => string {
  const { t } = useI18n();
  return (seconds) => {
    if (seconds >= DAY) return t('server.days', { n: Math.floor(seconds / DAY) });
    if (seconds >= HOUR) return t('server.hours', { n: Math.floor(seconds / HOUR) });
    return t('server.minutesUp', { n: Math.floor(seconds / 60) });
  };
}

/** How the server is, in a few lines; all of them on its own page. */
export function ServerFacts({ overview, whole = false }: { overview: Overview; whole?: boolean }) {
  const { t, language } = useI18n();
  const uptime = useUptime();
  const number = (value: number) => new Intl.NumberFormat(language).format(value);
  const { database } = overview;
  const short: readonly (readonly [string, string])[] = [
    [t('server.up'), uptime(overview.uptime)],
    [t('server.version'), overview.version],
    [t('server.database'), `${database.engine}, ${t(database.available ? 'server.available' : 'server.away')}`],
  ];
  const rest: readonly (readonly [string, string])[] = [
    [t('admin.online'), number(overview.connected)],
    [t('server.devices'), number(overview.devices)],
    [t('server.queued'), number(database.queued)],
    [t('server.errors'), number(database.errors)],
  ];
  return <Pairs facts={[...short, ...(whole ? rest : [])]} />;
}
