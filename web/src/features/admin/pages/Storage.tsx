import { useI18n } from '@/shared/i18n';
import { sizeText } from '@/shared/lib/time';
import { useAdmin } from '../AdminContext';
import { Pairs } from '../Pairs';
import { StorageParts } from '../StorageParts';
import { useSettings } from '../useSettings';

/** What files and messages take up, and what each may. */
export function StoragePage() {
  const { t, language } = useI18n();
  const storage = useAdmin((state) => state.storage);
  const settings = useSettings();
  if (!storage) return null;
  const number = (value: number) => new Intl.NumberFormat(language).format(value);
  const limit = (bytes: number) => (bytes > 0 ? sizeText(bytes, language) : t('storage.unlimited'));
  const facts: readonly (readonly [string, string])[] = [
    [t('storage.files'), number(storage.files)],
    [t('storage.versions'), number(storage.versions)],
    [t('storage.shared'), sizeText(Math.max(0, storage.bytes - storage.storedBytes), language)],
    [t('storage.uploads'), number(storage.uploads)],
  ];
  const rules: readonly (readonly [string, string])[] = [
    [t('storage.perFile'), limit(storage.maxFileSize)],
    [t('storage.perUser'), limit(storage.quotaPerUser)],
    [t('storage.perRoom'), limit(storage.quotaPerRoom)],
    [t('storage.where'), t(settings?.['files.storage'] === 's3' ? 'storage.s3' : 'storage.disk')],
  ];
  return (
    <div className="flex max-w-2xl flex-col gap-4">
      <section aria-label={t('storage.parts')}>
        <h2 className="admin-h2">{t('storage.parts')}</h2>
        <StorageParts storage={storage} />
      </section>
      <Facts title={t('files.title')} pairs={facts} />
      <Facts title={t('storage.rules')} pairs={rules} />
      <p className="text-12 text-text-3">{t('storage.free')}</p>
    </div>
  );
}

function Facts({ title, pairs }: { title: string; pairs: readonly (readonly [string, string])[] }) {
  return (
    <section aria-label={title}>
      <h2 className="admin-h2">{title}</h2>
      <Pairs facts={pairs} />
    </section>
  );
}
