import { useSession } from '@/features/call/session/CallContext';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Button } from '@/shared/ui/Button';
import { Dialog } from '@/shared/ui/Dialog';
import { replacing } from './toggleShare';

/** Somebody else shares: whose screen everybody looks at is not changed by a slip of the hand. */
export function ReplaceDialog() {
  const { t } = useI18n();
  const session = useSession();
  const name = useStore(replacing, (state) => state);
  const close = () => replacing.dispatch(null);
  if (name === null) return null;
  return (
    <Dialog open onClose={close} title={t('screen.replace', { name })} description={t('screen.replaceWhy', { name })} width={440}>
      <div className="flex justify-end gap-2 px-6 pb-5">
        <Button onClick={close}>{t('app.cancel')}</Button>
        <Button
          look="primary"
          onClick={() => {
            close();
            session.set('screen', true);
          }}
        >
          {t('screen.replaceAct')}
        </Button>
      </div>
    </Dialog>
  );
}
