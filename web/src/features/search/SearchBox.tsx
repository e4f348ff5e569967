import { Search } from 'lucide-react';
import { useEffect, useRef, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { useI18n } from '@/shared/i18n';
import { withFilter, withPhrase } from './query';

const filters = ['from:', 'in:', 'has:file', 'before:'] as const;

interface Props {
  value: string;
  onChange: (value: string) => void;
  label: string;
  inRoom: boolean;
  /** Words alone, without filters. */
  plain?: boolean;
  field?: RefObject<HTMLInputElement | null>;
  /** Enter was pressed: this is what was meant. */
  onEnter?: () => void;
}

/** The field of a search, and the filters that it understands. */
export function SearchBox({ value, onChange, label, inRoom, plain = false, field: given, onEnter }: Props) {
  const { t } = useI18n();
  const own = useRef<HTMLInputElement>(null);
  const field = given ?? own;
  useEffect(() => field.current?.focus(), [field]);
  const put = (next: ReturnType<typeof withPhrase>) => {
    flushSync(() => onChange(next.text));
    field.current?.focus();
    field.current?.setSelectionRange(next.start, next.end);
  };
  const putPhrase = () => {
    const { selectionStart, selectionEnd } = field.current ?? {};
    put(withPhrase({ text: value, start: selectionStart ?? value.length, end: selectionEnd ?? value.length }));
  };
  return (
    <div role="search" className="flex flex-none flex-col gap-2 border-b border-line-soft p-3">
      <label className="flex min-h-10 items-center gap-2 rounded-lg bg-sheet px-3 inset-ring inset-ring-line-strong focus-within:inset-ring-2 focus-within:inset-ring-accent dark:bg-sunken">
        <Search size={17} aria-hidden="true" className="flex-none text-text-3" />
        <span className="sr-only">{label}</span>
        <input
          ref={field}
          type="search"
          dir="auto"
          value={value}
          maxLength={512}
          placeholder={label}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && onEnter?.()}
          className="min-w-0 flex-1 bg-transparent text-14 outline-none placeholder:text-text-3"
        />
      </label>
      <div className="flex flex-wrap gap-1.5" role="group" aria-label={t('search.filters')}>
        {filters
          .filter((filter) => !plain && (!inRoom || filter !== 'in:'))
          .map((filter) => (
            <button
              key={filter}
              type="button"
              className="chip hover:bg-accent-soft hover:text-accent"
              onClick={() => put(withFilter(value, filter))}
            >
              <bdi dir="ltr">{filter}</bdi>
            </button>
          ))}
        {!plain && (
          <button type="button" className="chip hover:bg-accent-soft hover:text-accent" onClick={putPhrase}>
            {t('search.phrase')}
          </button>
        )}
      </div>
    </div>
  );
}
