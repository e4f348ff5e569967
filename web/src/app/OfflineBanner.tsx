import { TriangleAlert } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { useClient } from './client';

/** A blink of the line is nobody's concern. */
const PATIENCE_MS = 1500;

export function useOnline(): boolean {
  const { link } = useClient();
  return useSyncExternalStore(link.onState, () => link.state() === 'online');
}

/** Says that the line is down, what waits, and that nothing needs to be done. */
export function OfflineBanner() {
  const { t } = useI18n();
  const client = useClient();
  const online = useOnline();
  const waiting = useStore(client.messages, (state) => state.outbox.filter((item) => item.state !== 'failed').length);
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(!online), online ? 0 : PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [online]);
  return (
    <div role="status">
      {shown && (
        <p className="mt-2 me-2 flex min-h-10 items-center gap-2.5 rounded-xl bg-signal-soft px-4 py-2 text-13 max-sm:m-0 max-sm:rounded-none">
          <TriangleAlert size={17} aria-hidden="true" className="flex-none text-signal-text" />
          {waiting > 0 ? t('offline.waiting', { n: waiting }) : t('offline.plain')}
        </p>
      )}
    </div>
  );
}
