import { History } from 'lucide-react';
import { useRef, type RefObject } from 'react';
import { navigate } from '@/app/router';
import type { Id } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { Banner } from '@/shared/ui/Banner';
import { Button } from '@/shared/ui/Button';
import { Hits } from './Hits';
import { looser } from './query';
import { useRecentSearches } from './recent';
import { SearchBox } from './SearchBox';
import { useSearch } from './useSearch';
import { walkHits } from './walkHits';

interface RecentProps {
  recent: readonly string[];
  onPick: (query: string) => void;
  onForget: () => void;
}

/** What one searched for before, while nothing is typed. */
function Recent({ recent, onPick, onForget }: RecentProps) {
  const { t } = useI18n();
  return (
    <section aria-label={t('search.recent')} className="p-2">
      <div className="flex items-center gap-2 px-3 pb-1">
        <h2 className="flex-1 text-13 font-semibold text-text-2">{t('search.recent')}</h2>
        <Button look="ghost" size="s" onClick={onForget}>
          {t('search.forget')}
        </Button>
      </div>
      <ul role="list">
        {recent.map((query) => (
          <li key={query}>
            <button type="button" data-hit className="flex min-h-10 w-full items-center gap-3 rounded-lg px-3 text-start text-14 hover:bg-hover pointer-coarse:min-h-11" onClick={() => onPick(query)}>
              <History size={17} strokeWidth={1.75} aria-hidden="true" className="flex-none text-text-3" />
              <bdi className="truncate">{query}</bdi>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Nothing fits: what finds more. */
function Nothing({ query, inRoom, onQuery }: { query: string; inRoom: boolean; onQuery: (query: string) => void }) {
  const { t } = useI18n();
  return (
    <div className="flex flex-col items-center gap-3 p-8 text-center text-14 text-text-2">
      <p>{t(inRoom ? 'search.none' : 'search.noneAnywhere')}</p>
      <div className="flex flex-wrap justify-center gap-2">
        {inRoom && (
          <Button look="soft" size="m" onClick={() => navigate(`/search?q=${encodeURIComponent(query)}`)}>
            {t('search.all')}
          </Button>
        )}
        {looser(query).map((wider) => (
          <Button key={wider.query} look="soft" size="m" onClick={() => onQuery(wider.query)}>
            {wider.without === null ? t('search.unquoted') : t('search.without', { what: wider.without })}
          </Button>
        ))}
      </div>
    </div>
  );
}

interface Props {
  query: string;
  onQuery: (query: string) => void;
  label: string;
  /** In this room alone. */
  roomId?: Id;
}

/** The field of a search, and below it what was searched before, what was found, or what finds more. */
export function SearchView({ query, onQuery, label, roomId }: Props) {
  const { t, phrase } = useI18n();
  const field: RefObject<HTMLInputElement | null> = useRef(null);
  const { hits, busy, none, nextCursor, failure, more } = useSearch(query, roomId);
  const { recent, remember, forget } = useRecentSearches();
  const asked = query.trim() !== '';
  const keep = () => remember(query);
  const pick = (next: string) => {
    onQuery(next);
    field.current?.focus();
  };
  const clear = () => {
    forget();
    field.current?.focus();
  };
  return (
    // Arrows go through what stands in it, which has keys of its own.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="contents" onKeyDown={(event) => walkHits(event, keep)}>
      <SearchBox value={query} onChange={onQuery} label={label} inRoom={roomId !== undefined} field={field} onEnter={keep} />
      <div className="min-h-0 flex-1 overflow-y-auto pb-4" aria-busy={busy}>
        <p role="status" className="px-5 pt-3 text-12 text-text-3">
          {asked && !busy && !none ? t('search.count', { n: hits.length }) : ''}
        </p>
        {failure && (
          <div className="p-4">
            <Banner tone="error">{phrase(failure)}</Banner>
          </div>
        )}
        {!asked && recent.length > 0 && <Recent recent={recent} onPick={pick} onForget={clear} />}
        {none && <Nothing query={query.trim()} inRoom={roomId !== undefined} onQuery={pick} />}
        <Hits hits={hits} grouped={roomId === undefined} onOpen={keep} />
        {nextCursor && (
          <p className="p-3 text-center">
            <Button look="soft" size="m" onClick={() => void more()}>
              {t('app.more')}
            </Button>
          </p>
        )}
      </div>
    </div>
  );
}
