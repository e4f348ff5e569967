import { useClient } from '@/app/client';
import type { Id } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { firstName } from '@/shared/lib/firstName';
import { useKept } from '@/shared/state/kept';
import { enter } from '@/features/settings/choices';
import { useStore } from '@/shared/state/store';
import { useSpokenTyping } from './useSpokenTyping';

/** Who writes, in a line that always has its place; otherwise the keys of the composer. */
export function TypingLine({ roomId, hint }: { roomId: Id; hint: boolean }) {
  const { t, language } = useI18n();
  const swapped = useKept(enter) === 'line';
  const client = useClient();
  const names = useStore(client.presence, (state) => (state.typing[roomId] ?? []).map(({ name }) => name));
  const shown = names.filter(Boolean);
  const list = new Intl.ListFormat(language, { type: 'conjunction' });
  const text =
    names.length === 0
      ? ''
      : names.length > 3 || shown.length < names.length
        ? t('typing.many', { n: names.length })
        : t(names.length === 1 ? 'typing.one' : 'typing.several', { names: list.format(shown.map(firstName)) });
  const spoken = useSpokenTyping(text);
  return (
    <div className="under">
      {text && (
        <span className="dots" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
      )}
      <span aria-hidden="true" className="min-w-0 truncate">
        {text}
      </span>
      <span role="status" className="sr-only">
        {spoken}
      </span>
      <span className="flex-1" />
      {hint && (
        <span className="flex-none max-sm:hidden" aria-hidden="true">
          <span className="kbd">Shift</span> <span className="kbd">Enter</span> {t(swapped ? 'composer.sends' : 'composer.newLine')}
        </span>
      )}
    </div>
  );
}
