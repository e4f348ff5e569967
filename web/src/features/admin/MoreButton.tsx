import { useI18n } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';

/** The next page of a list, while there is one. */
export function MoreButton({ more }: { more: (() => void) | null }) {
  const { t } = useI18n();
  if (!more) return null;
  return (
    <p className="py-3 text-center">
      <Button look="soft" size="m" onClick={more}>
        {t('app.more')}
      </Button>
    </p>
  );
}
