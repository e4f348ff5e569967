import { useState } from 'react';
import { useI18n } from '@/shared/i18n';
import { Banner } from '@/shared/ui/Banner';
import { Button } from '@/shared/ui/Button';
import { Check } from '@/shared/ui/Check';
import { allowBrowserNotices, keepNoticeSettings, noticeSettings, type NoticeSettings } from '@/features/notices/settings';
import { playTick } from '@/features/notices/sounds';

const NIGHT = { from: '19:00', to: '08:00' } as const;

function Time({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <label className="flex items-center gap-2 text-13">
      {label}
      <input
        type="time"
        required
        value={value}
        onChange={(event) => event.target.value && onChange(event.target.value)}
        className="min-h-9 rounded-lg bg-sheet px-2 inset-ring inset-ring-line-strong dark:bg-sunken"
      />
    </label>
  );
}

/** The hours in which nothing is heard, by the clock of this device. */
function Hours({ hours, onChange }: { hours: NoticeSettings['hours']; onChange: (hours: NoticeSettings['hours']) => void }) {
  const { t } = useI18n();
  return (
    <div className="flex flex-col gap-2">
      <Check checked={hours !== null} onChange={(on) => onChange(on ? NIGHT : null)}>
        {t('settings.quietHours')}
      </Check>
      {hours && (
        <div className="flex flex-wrap items-center gap-4 ps-7">
          <Time label={t('settings.from')} value={hours.from} onChange={(from) => onChange({ ...hours, from })} />
          <Time label={t('settings.to')} value={hours.to} onChange={(to) => onChange({ ...hours, to })} />
          <span className="text-12 text-text-3">{Intl.DateTimeFormat().resolvedOptions().timeZone}</span>
        </div>
      )}
    </div>
  );
}

/** How one is told of what needs one. The browser is asked when it is switched on, never before. */
export function NoticeSettingsPage() {
  const { t } = useI18n();
  const [settings, setSettings] = useState(noticeSettings);
  const [denied, setDenied] = useState(() => 'Notification' in window && Notification.permission === 'denied');
  const keep = (change: Partial<NoticeSettings>) => {
    const next = { ...settings, ...change };
    setSettings(next);
    keepNoticeSettings(next);
  };
  async function browser(on: boolean) {
    const granted = !on || (await allowBrowserNotices());
    setDenied(!granted);
    if (granted) keep({ browser: on });
  }
  return (
    <div className="flex flex-col gap-3">
      <Check checked={settings.browser} onChange={(on) => void browser(on)}>
        {t('settings.browserNotices')}
      </Check>
      {denied && <Banner tone="warn">{t('settings.noticesDenied')}</Banner>}
      <div className="flex flex-wrap items-center gap-3">
        <Check checked={settings.sound} onChange={(sound) => keep({ sound })}>
          {t('settings.sounds')}
        </Check>
        <Button look="ghost" size="s" onClick={playTick}>
          {t('settings.hear')}
        </Button>
      </div>
      <Check checked={settings.quiet} onChange={(quiet) => keep({ quiet })}>
        {t('settings.quiet')}
      </Check>
      <Hours hours={settings.hours} onChange={(hours) => keep({ hours })} />
      <p className="text-12 text-text-3">{t('settings.noticesWhy')}</p>
    </div>
  );
}
