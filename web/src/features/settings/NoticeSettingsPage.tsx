import { useState } from 'react';
import { useI18n, type MessageKey } from '@/shared/i18n';
import { Banner } from '@/shared/ui/Banner';
import { keepNoticeSettings, noticeSettings, type NoticeSettings } from '@/features/notices/announce';

const rows = [
  ['browser', 'settings.browserNotices'],
  ['sound', 'settings.sounds'],
  ['quiet', 'settings.quiet'],
] as const satisfies readonly (readonly [keyof NoticeSettings, MessageKey])[];

/** How one is told of what needs one. The browser is asked when it is switched on, never before. */
export function NoticeSettingsPage() {
  const { t } = useI18n();
  const [settings, setSettings] = useState(noticeSettings);
  const [denied, setDenied] = useState(() => 'Notification' in window && Notification.permission === 'denied');
  async function change(name: keyof NoticeSettings, on: boolean) {
    if (name === 'browser' && on && 'Notification' in window) {
      const permission = await Notification.requestPermission();
      setDenied(permission === 'denied');
      if (permission !== 'granted') return;
    }
    const next = { ...settings, [name]: on };
    setSettings(next);
    keepNoticeSettings(next);
  }
  return (
    <div className="flex flex-col gap-4">
      {rows.map(([name, label]) => (
        <label key={name} className="flex items-center gap-3 text-14">
          <input type="checkbox" className="size-4 accent-(--accent)" checked={settings[name]} onChange={(event) => void change(name, event.target.checked)} />
          {t(label)}
        </label>
      ))}
      {denied && <Banner tone="warn">{t('settings.noticesDenied')}</Banner>}
    </div>
  );
}
