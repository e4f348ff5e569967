import type { ReactNode } from 'react';
import { useClient } from '@/app/client';
import { navigate } from '@/app/router';
import { useI18n } from '@/shared/i18n';
import { clockText } from '@/shared/lib/time';
import { useStore } from '@/shared/state/store';
import './admin.css';
import { AdminProvider, useAdmin } from './AdminContext';
import { adminPageOf, adminPages, adminPath, type AdminPageName } from './adminPages';
import { AdminSide } from './AdminSide';
import { Access } from './pages/Access';
import { Alerts } from './pages/Alerts';
import { AuditLog } from './pages/AuditLog';
import { Calls } from './pages/Calls';
import { Limits } from './pages/Limits';
import { Overview } from './pages/Overview';
import { People } from './pages/People';
import { Rooms } from './pages/Rooms';
import { Server } from './pages/Server';
import { StoragePage } from './pages/Storage';
import { RangeChoice } from './RangeChoice';
import { useAlerts } from './useAlerts';

const contents: Readonly<Record<AdminPageName, () => ReactNode>> = {
  overview: () => <Overview />,
  calls: () => <Calls />,
  people: () => <People />,
  rooms: () => <Rooms />,
  storage: () => <StoragePage />,
  access: () => <Access />,
  limits: () => <Limits />,
  alerts: () => <Alerts />,
  log: () => <AuditLog />,
  server: () => <Server />,
};

function Updated() {
  const { t, language } = useI18n();
  const at = useAdmin((state) => state.updatedAt);
  const stale = useAdmin((state) => state.stale);
  if (at === null) return null;
  const time = clockText(at, language);
  return <span className={`text-13 tabular-nums ${stale ? 'text-signal-text' : 'text-text-3'}`}>{t(stale ? 'admin.stale' : 'admin.updated', { time })}</span>;
}

function Head({ page }: { page: AdminPageName }) {
  const { t } = useI18n();
  const alerts = useAlerts().length;
  const plots = page === 'overview' || page === 'server';
  return (
    <header className="admin-head">
      <h1>{t(`admin.${page}`)}</h1>
      {plots && alerts > 0 && <span className="chip chip-signal">{t('admin.toLookAt', { n: alerts })}</span>}
      <span className="flex-1" />
      <Updated />
      {plots && <RangeChoice />}
    </header>
  );
}

/** Below the width of a side bar: the same pages in a list to choose from. */
function PhoneNav({ page }: { page: AdminPageName }) {
  const { t } = useI18n();
  return (
    <label className="admin-nav">
      <span className="sr-only">{t('admin.title')}</span>
      <select
        value={page}
        onChange={(event) => navigate(adminPath(adminPageOf(event.target.value)))}
        className="min-h-11 w-full rounded-lg bg-sunken px-3 text-14 font-semibold inset-ring inset-ring-line"
      >
        {adminPages.map((name) => (
          <option key={name} value={name}>
            {t(`admin.${name}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Denied() {
  const { t } = useI18n();
  return (
    <main className="sheet flex-1 items-center justify-center">
      <p className="text-14 text-text-2">{t('admin.denied')}</p>
    </main>
  );
}

/** For administrators, with a side bar of its own: how the place is, who and what is in it, and what was done to it. */
export function AdminPlace({ page: name, banner }: { page: string; banner: ReactNode }) {
  const client = useClient();
  const admin = useStore(client.session, (state) => state.user?.role === 'admin');
  const page = adminPageOf(name);
  return (
    <AdminProvider active={admin}>
      <AdminSide page={page} />
      <div className="flex min-h-0 min-w-0 flex-col">
        {banner}
        <div className="app-main flex-1">
          {admin ? (
            <main className="sheet flex-1">
              <PhoneNav page={page} />
              <Head page={page} />
              <div className="admin-body" key={page}>
                {contents[page]()}
              </div>
            </main>
          ) : (
            <Denied />
          )}
        </div>
      </div>
    </AdminProvider>
  );
}
