import { lazy, Suspense, useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useClient } from '@/app/client';
import { navigate } from '@/app/router';
import { useI18n } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';
import { LookPage } from './LookPage';
import { NoticeSettingsPage } from './NoticeSettingsPage';
import { ProfilePage } from './ProfilePage';
import { SessionsPage } from './SessionsPage';

const DeviceCheck = lazy(async () => ({ default: (await import('@/features/call/devices/DeviceCheck')).DeviceCheck }));

const pages = ['profile', 'devices', 'look', 'notices', 'sessions'] as const;
type Page = (typeof pages)[number];

function DevicesPage() {
  const { config } = useClient();
  return (
    <Suspense fallback={null}>
      <DeviceCheck eventsPath={config.events.socketIoPath} />
    </Suspense>
  );
}

const contents: Readonly<Record<Page, () => ReactNode>> = {
  profile: () => <ProfilePage />,
  devices: () => <DevicesPage />,
  look: () => <LookPage />,
  notices: () => <NoticeSettingsPage />,
  sessions: () => <SessionsPage />,
};

/** Settings, over the place where one was. What is changed is kept at once. */
export function SettingsDialog({ page, back }: { page: string; back: string }) {
  const { t } = useI18n();
  const tabs = useRef<HTMLDivElement>(null);
  const current: Page = pages.find((name) => name === page) ?? 'profile';
  // On a phone the tabs are a line that scrolls.
  useEffect(() => tabs.current?.querySelector(`[data-tab="${current}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [current]);
  const show = (name: Page) => navigate(`/settings/${name}`, { replace: true });
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = pages[(pages.indexOf(current) + step + pages.length) % pages.length] ?? 'profile';
    show(next);
    tabs.current?.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  };
  return (
    <Dialog open onClose={() => navigate(back)} title={t('side.settings')} width={760}>
      <div className="flex min-h-96 border-t border-line-soft max-sm:flex-col">
        <div
          ref={tabs}
          role="tablist"
          tabIndex={-1}
          aria-orientation="vertical"
          aria-label={t('side.settings')}
          className="flex w-48 flex-none flex-col gap-0.5 p-3 max-sm:w-auto max-sm:flex-row max-sm:overflow-x-auto sm:border-e sm:border-line-soft"
          onKeyDown={onKey}
        >
          {pages.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              data-tab={name}
              id={`tab-${name}`}
              aria-selected={current === name}
              aria-controls="settings-page"
              tabIndex={current === name ? 0 : -1}
              className="menu-item flex-none text-start aria-selected:bg-accent-soft! aria-selected:text-accent"
              onClick={() => show(name)}
            >
              {t(`settings.${name}`)}
            </button>
          ))}
        </div>
        <div id="settings-page" role="tabpanel" aria-labelledby={`tab-${current}`} className="min-w-0 flex-1 p-6">
          {contents[current]()}
        </div>
      </div>
    </Dialog>
  );
}
