import { useId } from 'react';

interface Props<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly (readonly [value: Value, text: string])[];
  readonly onChange: (value: Value) => void;
  readonly className?: string;
}

/** One of several, in the browser's own list. */
export function Select<Value extends string>({ label, value, choices, onChange, className = '' }: Props<Value>) {
  const id = useId();
  return (
    <div className={`flex flex-col gap-1.5 ${className}`}>
      <label htmlFor={id} className="text-13 font-semibold">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value as Value)}
        className="min-h-10 rounded-lg bg-sheet px-2.5 text-14 inset-ring inset-ring-line-strong dark:bg-sunken pointer-coarse:min-h-11"
      >
        {choices.map(([choice, text]) => (
          <option key={choice} value={choice}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
