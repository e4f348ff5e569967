import type { MessageKey } from '@/shared/i18n';
import type { Settings } from './useSettings';

type Group = Extract<MessageKey, `limits.${string}`>;

/** Where a setting is looked for: by the part before its first dot. */
const groupOf: Readonly<Record<string, Group>> = {
  files: 'limits.files',
  chat: 'limits.messages',
  room: 'limits.messages',
  calls: 'limits.calls',
  rtc: 'limits.calls',
  signal: 'limits.calls',
  limits: 'limits.network',
  http: 'limits.network',
  sockets: 'limits.network',
  auth: 'limits.accounts',
};
const order: readonly Group[] = ['limits.files', 'limits.messages', 'limits.calls', 'limits.network', 'limits.accounts', 'limits.rest'];

export interface SettingGroup {
  readonly title: Group;
  readonly settings: readonly (readonly [name: string, value: string])[];
}

/** Settings in the order in which people look for them; groups in which nothing fits are left out. */
export function groupSettings(settings: Settings, query: string): readonly SettingGroup[] {
  const wanted = query.trim().toLowerCase();
  const fitting = Object.entries(settings).filter(([name, value]) => `${name} ${value}`.toLowerCase().includes(wanted));
  return order
    .map((title) => ({ title, settings: fitting.filter(([name]) => (groupOf[name.split('.')[0] ?? ''] ?? 'limits.rest') === title) }))
    .filter((group) => group.settings.length > 0);
}
