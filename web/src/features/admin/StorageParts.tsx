import { useI18n } from '@/shared/i18n';
import { sizeText } from '@/shared/lib/time';
import type { Storage } from './adminReducer';

const parts = [
  ['storage.taken', 'accent', ({ storedBytes }: Storage) => storedBytes],
  ['storage.database', 'chart-3', ({ database }: Storage) => database.bytes],
  ['storage.uploads', 'chart-2', ({ uploadBytes }: Storage) => uploadBytes],
] as const;

/** What takes the space, as a bar and in numbers. */
export function StorageParts({ storage }: { storage: Storage }) {
  const { t, language } = useI18n();
  const all = parts.reduce((sum, [, , bytes]) => sum + bytes(storage), 0);
  return (
    <>
      <div className="parts" aria-hidden="true">
        {parts.map(([key, colour, bytes]) => (
          <i key={key} style={{ inlineSize: `${all > 0 ? (100 * bytes(storage)) / all : 0}%`, background: `var(--${colour})` }} />
        ))}
      </div>
      <dl className="pairs">
        {parts.map(([key, colour, bytes]) => (
          <div key={key} className="contents">
            <dt>
              <i style={{ background: `var(--${colour})` }} />
              {t(key)}
            </dt>
            <dd>{sizeText(bytes(storage), language)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
