import { useCallback, useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import { toApiError } from '@/shared/api/errors';
import type { File, FileDownload, FileGrant, FileVersion, Id } from '@/shared/api/types';
import type { Phrase } from '@/shared/i18n';
import { errorPhrase } from '@/features/notices/actions';

export interface Facts {
  readonly file: File;
  /** By this device's clock, in milliseconds. */
  readonly askedAt: number;
  /** Newest first. */
  readonly versions: readonly FileVersion[];
  readonly grants: readonly FileGrant[];
  /** Null: not for me. */
  readonly downloads: readonly FileDownload[] | null;
}

/** All that is known of a file, and kept current. What one may not see is left out. */
export function useFacts(fileId: Id) {
  const client = useClient();
  const [facts, setFacts] = useState<Facts | null>(null);
  const [failure, setFailure] = useState<Phrase | null>(null);
  const load = useCallback(() => {
    const ask = async (): Promise<Facts> => {
      const askedAt = Date.now();
      const [file, versions] = await Promise.all([client.api.file(fileId), client.api.versions(fileId)]);
      const sorted = versions.items.toSorted((a, b) => b.number - a.number);
      // Who else sees it and who fetched it is for those who may give it away.
      if (!file.canGrant) return { file, askedAt, versions: sorted, grants: [], downloads: null };
      const [grants, downloads] = await Promise.all([client.api.grants(fileId), client.api.downloads(fileId)]);
      return { file, askedAt, versions: sorted, grants: grants.items, downloads: downloads.items };
    };
    ask().then(
      (all) => {
        setFacts(all);
        setFailure(null);
      },
      (error: unknown) => setFailure(toApiError(error).code === 'not-found' ? { key: 'files.gone' } : errorPhrase(error)),
    );
  }, [client, fileId]);
  useEffect(() => load(), [load]);
  useEffect(() => {
    const stops = [
      client.link.on('file-updated', ({ file }) => file.id === fileId && load()),
      client.link.on('file-deleted', (event) => event.fileId === fileId && setFailure({ key: 'files.gone' })),
    ];
    return () => stops.forEach((stop) => stop());
  }, [client, fileId, load]);
  return { facts, failure, load };
}
