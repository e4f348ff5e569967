import { useClient } from '@/app/client';
import type { Phrase } from '@/shared/i18n';
import { showError, showToast } from '@/features/notices/actions';

/** Does something on the server; says what was done, or why not. */
export function useMutation(after: () => void): (work: Promise<unknown>, done?: Phrase) => void {
  const client = useClient();
  return (work, done) => {
    work.then(
      () => {
        if (done) showToast(client, { text: done });
        after();
      },
      (error: unknown) => showError(client, error),
    );
  };
}
