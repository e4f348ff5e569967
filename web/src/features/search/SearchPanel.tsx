import { useState } from 'react';
import type { Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { SidePanel } from '@/shared/ui/SidePanel';
import { SealedSearch } from '@/features/e2ee/SealedSearch';
import { SearchView } from './SearchView';

/** Search in one room, beside it. */
export function SearchPanel({ room, title, onClose }: { room: Room; title: string; onClose: () => void }) {
  const { t } = useI18n();
  const [query, setQuery] = useState('');
  return (
    <SidePanel label={t('room.search')} title={t('room.search')} sub={title} onClose={onClose}>
      {room.e2ee ? <SealedSearch room={room} /> : <SearchView query={query} onQuery={setQuery} label={t('room.search')} roomId={room.id} />}
    </SidePanel>
  );
}
