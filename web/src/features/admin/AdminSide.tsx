import { ChevronLeft } from 'lucide-react';
import { useClient } from '@/app/client';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Link } from '@/shared/ui/Link';
import { Mark } from '@/shared/ui/Logo';
import { SideFoot } from '@/features/presence/SideFoot';
import { useAdmin } from './AdminContext';
import { adminIcons, adminPages, adminPath, type AdminPageName } from './adminPages';
import { useAlerts } from './useAlerts';

function useCount(page: AdminPageName): number | undefined {
  const overview = useAdmin((state) => state.overview);
  if (page === 'calls') return overview?.callsInProgress;
  if (page === 'people') return overview?.users;
  return page === 'rooms' ? overview?.rooms : undefined;
}

function PageRow({ page, current }: { page: AdminPageName; current: boolean }) {
  const { t, language } = useI18n();
  const count = useCount(page);
  const alerts = useAlerts().length;
  const Icon = adminIcons[page];
  return (
    <li>
      <Link to={adminPath(page)} className="nav" title={t(`admin.${page}`)} aria-current={current ? 'page' : undefined}>
        <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
        <span className="name min-w-0 flex-1 truncate">{t(`admin.${page}`)}</span>
        {count !== undefined && <span className="side-note text-12 font-normal text-text-3 tabular-nums">{new Intl.NumberFormat(language).format(count)}</span>}
        {page === 'alerts' && alerts > 0 && (
          <span className="badge badge-signal">
            <span aria-hidden="true">{alerts}</span>
            <span className="sr-only">{t('admin.toLookAt', { n: alerts })}</span>
          </span>
        )}
      </Link>
    </li>
  );
}

/** Instead of rooms: the pages of the administration. */
export function AdminSide({ page }: { page: AdminPageName }) {
  const { t } = useI18n();
  const client = useClient();
  const admin = useStore(client.session, (state) => state.user?.role === 'admin');
  return (
    <aside className="side" aria-label={t('admin.title')}>
      <div className="side-top">
        <Mark />
        <b className="name min-w-0 flex-1 truncate text-15 font-semibold tracking-[-0.01em]">
          <bdi>{client.config.name || 'Parley'}</bdi>
        </b>
      </div>
      <Link to="/" className="nav mb-2" title={t('admin.back')}>
        <ChevronLeft size={18} strokeWidth={1.75} aria-hidden="true" className="rtl:-scale-x-100" />
        <span className="name">{t('admin.back')}</span>
      </Link>
      <h2 className="sect mt-0!">
        <span className="name">{t('admin.title')}</span>
      </h2>
      <nav aria-label={t('admin.title')} className="side-scroll">
        {admin && (
          <ul role="list">
            {adminPages.map((name) => (
              <PageRow key={name} page={name} current={name === page} />
            ))}
          </ul>
        )}
      </nav>
      <SideFoot />
    </aside>
  );
}
