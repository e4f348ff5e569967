import { lazy, Suspense, useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useClient } from '@/app/client';
import { navigate } from '@/app/router';
import { looks, useTheme } from '@/app/theme';
import { captionSize, captionSizes } from '@/features/call/captions/captions';
import { isLanguage, languages, useI18n } from '@/shared/i18n';
import { useKept } from '@/shared/state/kept';
import { Dialog } from '@/shared/ui/Dialog';
import { NoticeSettingsPage } from './NoticeSettingsPage';
import { ProfilePage } from './ProfilePage';
import { SessionsPage } from './SessionsPage';

const DeviceCheck = lazy(async () => ({ default: (await import('@/features/call/devices/DeviceCheck')).DeviceCheck }));

const pages = ['profile', 'devices', 'look', 'notices', 'sessions'] as const;
type Page = (typeof pages)[number];

function LookPage() {
  const { t, language, setLanguage } = useI18n();
  const { look, setLook } = useTheme();
  const captions = useKept(captionSize);
  return (
    <div className="flex flex-col gap-6">
      <div>
        <h3 className="mb-2 text-13 font-semibold">{t('app.look')}</h3>
        <div className="seg" role="radiogroup" aria-label={t('app.look')}>
          {looks.map((name) => (
            <button key={name} type="button" role="radio" aria-checked={look === name} onClick={() => setLook(name)}>
              {t(`app.look.${name}`)}
            </button>
          ))}
        </div>
      </div>
      <div>
        <h3 className="mb-2 text-13 font-semibold">{t('captions.size')}</h3>
        <div className="seg" role="radiogroup" aria-label={t('captions.size')}>
          {captionSizes.map((name) => (
            <button key={name} type="button" role="radio" aria-checked={captions === name} onClick={() => captionSize.keep(name)}>
              {t(`captions.${name}`)}
            </button>
          ))}
        </div>
      </div>
      <div>
        <h3 className="mb-2 text-13 font-semibold">{t('app.language')}</h3>
        <div className="seg" role="radiogroup" aria-label={t('app.language')}>
          {Object.entries(languages).map(([tag, { name }]) => (
            <button
              key={tag}
              type="button"
              role="radio"
              lang={tag}
              aria-checked={language === tag}
              onClick={() => {
                if (isLanguage(tag)) setLanguage(tag);
              }}
            >
              {name}
            </button>
          ))}
        </div>
      </div>
    </div>
  );
}

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
