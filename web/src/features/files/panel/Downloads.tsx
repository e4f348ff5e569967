import { Link2 } from 'lucide-react';
import type { FileDownload } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { Avatar } from '@/shared/ui/Avatar';
import type { Face } from '../usePeople';
import { useWhen } from '../when';

/** Who fetched a file, which version and when. */
export function Downloads({ downloads, people }: { downloads: readonly FileDownload[]; people: (id: string | null | undefined) => Face }) {
  const { t, language } = useI18n();
  const when = useWhen();
  return (
    <section aria-label={t('files.downloads')} className="blk pb-3.5">
      <h3>
        <span className="flex-1">{t('files.downloads')}</span>
        <span className="text-text-2 tabular-nums">{new Intl.NumberFormat(language).format(downloads.length)}</span>
      </h3>
      {downloads.length === 0 && <p className="text-13 text-text-3">{t('files.noDownloads')}</p>}
      <ul role="list">
        {downloads.map(({ id, userId, userName, version, complete, startedAt }) => (
          <li key={id}>
            {userId ? (
              <Avatar id={userId} name={userName ?? ''} size={22} url={people(userId).avatarUrl} />
            ) : (
              <Link2 size={16} strokeWidth={1.75} aria-hidden="true" className="mx-0.75 flex-none text-text-2" />
            )}
            <span className="min-w-0 flex-1 truncate">
              <bdi>{userName ?? t('files.byLink')}</bdi>{' '}
              <span className="text-text-3">
                · {t('files.version', { n: version })}
                {!complete && ` · ${t('files.partly')}`}
              </span>
            </span>
            <time dateTime={startedAt} className="flex-none text-text-3 tabular-nums">
              {when(startedAt)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}
