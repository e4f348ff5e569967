import { useState } from 'react';
import { navigate } from '@/app/router';
import { useI18n } from '@/shared/i18n';
import { SearchView } from './SearchView';

/** Search over all rooms. The query stands in the address, so that a search can be passed on. */
export function SearchPage({ query: first }: { query: string }) {
  const { t } = useI18n();
  const [query, setQuery] = useState(first);
  const change = (next: string) => {
    setQuery(next);
    navigate(next.trim() ? `/search?q=${encodeURIComponent(next.trim())}` : '/search', { replace: true });
  };
  return (
    <main className="sheet flex-1">
      <header className="sheet-head">
        <h1 className="flex-1 max-sm:ps-3">{t('search.title')}</h1>
      </header>
      <SearchView query={query} onQuery={change} label={t('search.everywhere')} />
    </main>
  );
}
