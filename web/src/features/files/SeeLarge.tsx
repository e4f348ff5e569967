import { panelPath } from '@/app/router';
import { useI18n } from '@/shared/i18n';
import { Link } from '@/shared/ui/Link';
import { fullOf } from './uploadWords';
import type { Upload } from './uploadsReducer';

/** The way out where a file finds no room: the files of whoever has none, the largest first. */
export function SeeLarge({ upload }: { upload: Upload }) {
  const { t } = useI18n();
  const full = fullOf(upload);
  if (!full) return null;
  return (
    <Link to={full === 'room' ? `${panelPath(upload.roomId, 'files')}&sort=size` : '/files?sort=size'} className="font-semibold underline underline-offset-2">
      {t('files.seeLarge')}
    </Link>
  );
}
