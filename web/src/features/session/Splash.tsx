import { useEffect, useState } from 'react';
import { useI18n } from '@/shared/i18n';
import { Mark } from '@/shared/ui/Logo';

const PATIENCE_MS = 120;

/** Before anything is known: nothing at first, then the mark, and the reason when the server is away. */
export function Splash({ away }: { away: boolean }) {
  const { t } = useI18n();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-4 px-6 text-center">
      {(late || away) && <Mark size={44} />}
      <p role="status" className="max-w-sm text-14 text-text-2">
        {away && t('door.awayWaiting')}
      </p>
    </main>
  );
}
