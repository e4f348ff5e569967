import type { KeyboardEvent } from 'react';

interface Props<Value extends string> {
  label: string;
  value: Value;
  choices: readonly Value[];
  textOf: (value: Value) => string;
  /** The language of a choice, where it is not the page's. */
  langOf?: (value: Value) => string;
  onChange: (value: Value) => void;
}

/** One of a few: a stop of Tab for all of them, arrows choose. */
export function Choice<Value extends string>({ label, value, choices, textOf, langOf, onChange }: Props<Value>) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
    const step = { [forward]: 1, ArrowDown: 1, [back]: -1, ArrowUp: -1 }[event.key];
    const next = step && choices[(choices.indexOf(value) + step + choices.length) % choices.length];
    if (next === undefined || next === 0) return;
    event.preventDefault();
    event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')[choices.indexOf(next)]?.focus();
    onChange(next);
  };
  return (
    <div>
      <h3 className="mb-2 text-13 font-semibold">{label}</h3>
      <div className="seg flex-wrap" role="radiogroup" tabIndex={-1} aria-label={label} onKeyDown={onKeyDown}>
        {choices.map((name) => (
          <button key={name} type="button" role="radio" lang={langOf?.(name)} aria-checked={value === name} tabIndex={value === name ? 0 : -1} onClick={() => onChange(name)}>
            {textOf(name)}
          </button>
        ))}
      </div>
    </div>
  );
}
