import { X } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { useI18n } from '@/shared/i18n';
import { Avatar } from '@/shared/ui/Avatar';
import { useUsers } from './useUsers';

export interface Picked {
  readonly id: string;
  readonly name: string;
}

interface Props {
  label: string;
  picked: readonly Picked[];
  onChange: (picked: readonly Picked[]) => void;
  /** Chosen and done: for one person. */
  onOne?: (person: Picked) => void;
  /** Already there: not offered. */
  without?: readonly string[];
}

/** A field that finds people by name; the chosen ones stand before it. */
export function PeoplePicker({ label, picked, onChange, onOne, without = [] }: Props) {
  const { t } = useI18n();
  const id = useId();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(Boolean(onOne));
  const [at, setAt] = useState(0);
  const { users, busy } = useUsers(text, !open);
  const offered = users.filter((user) => !without.includes(user.id) && !picked.some((person) => person.id === user.id)).slice(0, 8);
  const active = Math.min(at, Math.max(0, offered.length - 1));

  function choose(person: Picked | undefined) {
    if (!person) return;
    setText('');
    setAt(0);
    if (onOne) onOne(person);
    else {
      onChange([...picked, { id: person.id, name: person.name }]);
      setOpen(false);
    }
  }

  function onKey(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt((active + step + offered.length) % Math.max(1, offered.length));
    } else if (event.key === 'Enter' && open && offered.length > 0 && (onOne || text)) {
      event.preventDefault();
      choose(offered[active]);
    } else if (event.key === 'Escape' && open && !onOne) {
      event.stopPropagation();
      setOpen(false);
    } else if (event.key === 'Backspace' && text === '') {
      onChange(picked.slice(0, -1));
    }
  }

  return (
    <div className="relative flex flex-col gap-1.5">
      <label htmlFor={id} className="text-13 font-semibold">
        {label}
      </label>
      <div className="flex min-h-10 flex-wrap items-center gap-1.5 rounded-lg bg-sheet px-2 py-1 inset-ring inset-ring-line-strong focus-within:inset-ring-2 focus-within:inset-ring-accent dark:bg-sunken">
        {picked.map((person) => (
          <span key={person.id} className="chip chip-accent h-6 text-12">
            <bdi>{person.name}</bdi>
            <button
              type="button"
              aria-label={t('people.takeOut', { name: person.name })}
              onClick={() => onChange(picked.filter((other) => other.id !== person.id))}
            >
              <X size={13} aria-hidden="true" />
            </button>
          </span>
        ))}
        <input
          id={id}
          role="combobox"
          aria-expanded={open && offered.length > 0}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open && offered.length > 0 ? `${id}-${active}` : undefined}
          autoComplete="off"
          dir="auto"
          value={text}
          placeholder={picked.length > 0 ? '' : t('people.byName')}
          onClick={() => setOpen(true)}
          onBlur={() => !onOne && setOpen(false)}
          onChange={(event) => {
            setText(event.target.value);
            setOpen(true);
          }}
          onKeyDown={onKey}
          className="min-h-7 min-w-24 flex-1 bg-transparent px-1 text-14 outline-none placeholder:text-text-3"
        />
      </div>
      {open && (
        <ul id={`${id}-list`} role="listbox" aria-label={label} className={`menu max-h-72 max-w-none ${offered.length === 0 ? 'hidden' : ''} ${onOne ? 'shadow-none' : 'absolute inset-x-0 top-full mt-1'}`}>
          {offered.map((user, index) => (
            // Keys belong to the field, which keeps the focus.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <li
              key={user.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              className="menu-item"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(user)}
            >
              <Avatar id={user.id} name={user.name} size={24} url={user.avatarUrl} />
              <bdi className="min-w-0 flex-1 truncate">{user.name}</bdi>
              {user.handle && <span className="text-12 font-normal text-text-3">@{user.handle}</span>}
            </li>
          ))}
        </ul>
      )}
      <p role="status" className="text-12 text-text-3 empty:hidden">
        {!busy && offered.length === 0 && text.trim() !== '' ? t('people.none') : ''}
      </p>
    </div>
  );
}
