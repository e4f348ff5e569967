import { Settings } from 'lucide-react';
import { useI18n } from '@/shared/i18n';
import { Link } from '@/shared/ui/Link';
import { MeMenu } from './MeMenu';

/** The end of each side bar: me, and my settings. */
export function SideFoot() {
  const { t } = useI18n();
  return (
    <div className="side-foot">
      <MeMenu />
      <Link to="/settings" className="ib" title={t('side.settings')} aria-label={t('side.settings')}>
        <Settings size={18} strokeWidth={1.75} aria-hidden="true" />
      </Link>
    </div>
  );
}
