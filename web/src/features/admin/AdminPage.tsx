import type { ReactNode } from 'react';
import { useI18n } from '@/shared/i18n';
import { Link } from '@/shared/ui/Link';
import { AuditLog } from './AuditLog';
import { Overview } from './Overview';
import { People } from './People';
import { Rooms } from './Rooms';

const pages = ['overview', 'people', 'rooms', 'log'] as const;
type Page = (typeof pages)[number];

const contents: Readonly<Record<Page, () => ReactNode>> = {
  overview: () => <Overview />,
  people: () => <People />,
  rooms: () => <Rooms />,
  log: () => <AuditLog />,
};

/** For administrators: how the place is, who and what is in it, and what was done to it. */
export function AdminPage({ page }: { page: string }) {
  const { t } = useI18n();
  const current: Page = pages.find((name) => name === page) ?? 'overview';
  return (
    <main className="sheet flex-1">
      <header className="sheet-head">
        <h1 className="flex-1 max-sm:ps-3">{t('side.admin')}</h1>
        <nav aria-label={t('side.admin')} className="seg overflow-x-auto">
          {pages.map((name) => (
            <Link key={name} to={`/admin/${name}`} aria-current={name === current ? 'page' : undefined} className={name === current ? 'bg-sheet text-text! shadow-1' : ''}>
              {t(`admin.${name}`)}
            </Link>
          ))}
        </nav>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-5">{contents[current]()}</div>
    </main>
  );
}
