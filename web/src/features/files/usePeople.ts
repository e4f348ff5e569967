import { useCallback, useEffect, useMemo, useState } from 'react';
import { useClient } from '@/app/client';
import type { Id } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';

export interface Face {
  readonly id: Id;
  readonly name: string;
  readonly avatarUrl?: string | null;
}

/** Names and pictures by id: from the rooms that were opened, and from the directory where those do not know somebody. */
export function usePeople(ids: readonly (Id | null | undefined)[]): (id: Id | null | undefined) => Face {
  const { t } = useI18n();
  const client = useClient();
  const members = useStore(client.rooms, (state) => state.members);
  const me = useStore(client.session, (state) => state.user);
  const [directory, setDirectory] = useState<ReadonlyMap<Id, Face>>(new Map());
  const known = useMemo(() => {
    const faces = Object.values(members)
      .flat()
      .map(({ userId, name, avatarUrl }): [Id, Face] => [userId, { id: userId, name, avatarUrl }]);
    return new Map([...directory, ...faces, ...(me ? [[me.id, me] as const] : [])]);
  }, [members, directory, me]);
  const strangers = ids.some((id) => id && !known.has(id));
  const guest = me?.guest ?? false;
  useEffect(() => {
    // Guests have no directory; one page of it is enough for names that are nice to have.
    if (!strangers || guest || directory.size > 0) return;
    client.api.users('').then(
      ({ items }) => setDirectory(new Map(items.map((user) => [user.id, user]))),
      () => undefined,
    );
  }, [client, strangers, guest, directory]);
  return useCallback((id) => known.get(id ?? '') ?? { id: id ?? '', name: t('people.unknown') }, [known, t]);
}
