import { useMemo, useState } from 'react';
import { useClient } from '@/app/client';
import type { Id, Message, Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Button } from '@/shared/ui/Button';
import { showError } from '@/features/notices/actions';
import { Hits } from '@/features/search/Hits';
import { SearchBox } from '@/features/search/SearchBox';
import { walkHits } from '@/features/search/walkHits';
import { searchHere } from './localSearch';

const PAGE = 100;
const PAGES_AT_ONCE = 5;

/** What is on this device of a room, and more of it when asked for. */
function useHistory(room: Room) {
  const client = useClient();
  const shown = useStore(client.messages, (state) => state.rooms[room.id]?.items);
  const [older, setOlder] = useState<ReadonlyMap<Id, Message>>(new Map());
  const [end, setEnd] = useState(false);
  const [busy, setBusy] = useState(false);
  const all = useMemo(() => {
    const map = new Map(older);
    for (const message of shown ?? []) map.set(message.id, message);
    return map;
  }, [older, shown]);
  const more = async () => {
    setBusy(true);
    try {
      const found = new Map(older);
      let before = Math.min(...[...all.values()].map(({ seq }) => seq));
      for (let pages = 0; pages < PAGES_AT_ONCE; pages += 1) {
        const { items } = await client.api.messages(room.id, { limit: PAGE, ...(Number.isFinite(before) ? { before } : {}) });
        for (const message of items) found.set(message.id, message);
        before = items[0]?.seq ?? before;
        if (items.length < PAGE) {
          setEnd(true);
          break;
        }
      }
      setOlder(found);
    } catch (error) {
      showError(client, error);
    }
    setBusy(false);
  };
  return { all, end, busy, more };
}

/** Search in an encrypted room: here, for the server cannot read it. */
export function SealedSearch({ room }: { room: Room }) {
  const { t } = useI18n();
  const [query, setQuery] = useState('');
  const { all, end, busy, more } = useHistory(room);
  const hits = useMemo(() => searchHere(all.values(), query), [all, query]);
  const asked = query.trim() !== '';
  return (
    // Arrows go through what stands in it, which has keys of its own.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="contents" onKeyDown={(event) => walkHits(event)}>
      <SearchBox value={query} onChange={setQuery} label={t('room.search')} inRoom plain />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <p className="px-5 pt-3 text-12 text-text-2">
          {t('e2ee.search')} · {t('e2ee.searched', { n: all.size })}
        </p>
        <p role="status" className="px-5 pt-1 text-12 text-text-3">
          {asked ? t('search.count', { n: hits.length }) : ''}
        </p>
        <Hits hits={hits} grouped={false} />
        {!end && (
          <p className="p-3 text-center">
            <Button look="soft" size="m" aria-disabled={busy} onClick={() => void (busy || more())}>
              {t('e2ee.searchMore')}
            </Button>
          </p>
        )}
      </div>
    </div>
  );
}
