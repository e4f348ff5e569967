import { Search } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useI18n } from '@/shared/i18n';

const filters = ['from:', 'in:', 'has:file', 'before:'] as const;

interface Props {
  value: string;
  onChange: (value: string) => void;
  label: string;
  inRoom: boolean;
  /** Words alone, without filters. */
  plain?: boolean;
}

/** The field of a search, and the filters that it understands. */
export function SearchBox({ value, onChange, label, inRoom, plain = false }: Props) {
  const { t } = useI18n();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
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
              onClick={() => {
                onChange(`${value.trimEnd()} ${filter}`.trimStart());
                field.current?.focus();
              }}
            >
              <bdi dir="ltr">{filter}</bdi>
            </button>
          ))}
      </div>
    </div>
  );
}
