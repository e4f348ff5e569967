import { useState } from 'react';
import { navigate } from '@/app/router';
import { useI18n } from '@/shared/i18n';
import { Banner } from '@/shared/ui/Banner';
import { Button } from '@/shared/ui/Button';
import { Hits } from './Hits';
import { SearchBox } from './SearchBox';
import { useSearch } from './useSearch';
import { walkHits } from './walkHits';

/** Search over all rooms. The query stands in the address, so that a search can be passed on. */
export function SearchPage({ query: first }: { query: string }) {
  const { t, phrase } = useI18n();
  const [query, setQuery] = useState(first);
  const { hits, busy, none, nextCursor, failure, more } = useSearch(query);
  const change = (next: string) => {
    setQuery(next);
    navigate(next.trim() ? `/search?q=${encodeURIComponent(next.trim())}` : '/search', { replace: true });
  };
  return (
    <main className="sheet flex-1">
      <header className="sheet-head">
        <h1 className="flex-1 max-sm:ps-3">{t('search.title')}</h1>
      </header>
      {/* Arrows go through what stands in it, which has keys of its own. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div className="contents" onKeyDown={walkHits}>
        <SearchBox value={query} onChange={change} label={t('search.everywhere')} inRoom={false} />
        <div className="min-h-0 flex-1 overflow-y-auto pb-4">
          <p role="status" className="px-5 pt-3 text-12 text-text-3">
            {query.trim() && !busy && !none ? t('search.count', { n: hits.length }) : ''}
          </p>
          {failure && (
            <div className="p-4">
              <Banner tone="error">{phrase(failure)}</Banner>
            </div>
          )}
          {none && <p className="p-10 text-center text-14 text-text-2">{t('search.noneAnywhere')}</p>}
          <Hits hits={hits} grouped />
          {nextCursor && (
            <p className="p-3 text-center">
              <Button look="soft" size="m" onClick={() => void more()}>
                {t('app.more')}
              </Button>
            </p>
          )}
        </div>
      </div>
    </main>
  );
}
