import { useState } from 'react';
import { navigate } from '@/app/router';
import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { Banner } from '@/shared/ui/Banner';
import { Button } from '@/shared/ui/Button';
import { SidePanel } from '@/shared/ui/SidePanel';
import { SealedSearch } from '@/features/e2ee/SealedSearch';
import { Hits } from './Hits';
import { SearchBox } from './SearchBox';
import { useSearch } from './useSearch';
import { walkHits } from './walkHits';

/** Search in one room, beside it. */
export function SearchPanel({ room, title, onClose }: { room: Room; title: string; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <SidePanel label={t('room.search')} title={t('room.search')} sub={title} onClose={onClose}>
      {room.e2ee ? <SealedSearch room={room} /> : <Results room={room} />}
    </SidePanel>
  );
}

function Results({ room }: { room: Room }) {
  const { t, phrase } = useI18n();
  const [query, setQuery] = useState('');
  const { hits, busy, none, nextCursor, failure, more } = useSearch(query, room.id);
  return (
    // Arrows go through what stands in it, which has keys of its own.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="contents" onKeyDown={walkHits}>
      <SearchBox value={query} onChange={setQuery} label={t('room.search')} inRoom />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <p role="status" className="px-5 pt-3 text-12 text-text-3">
          {query.trim() && !busy && !none ? t('search.count', { n: hits.length }) : ''}
        </p>
        {failure && <Banner tone="error">{phrase(failure)}</Banner>}
        {none && (
          <p className="flex flex-col items-center gap-3 p-8 text-center text-14 text-text-2">
            {t('search.none')}
            <Button look="soft" size="m" onClick={() => navigate(`/search?q=${encodeURIComponent(query.trim())}`)}>
              {t('search.all')}
            </Button>
          </p>
        )}
        <Hits hits={hits} grouped={false} />
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
