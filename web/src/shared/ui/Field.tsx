import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from 'react';

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> & {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | null;
  hint?: string;
  /** Stands inside the field at its end. */
  end?: ReactNode;
  ref?: Ref<HTMLInputElement>;
};

/** A labelled field with its hint or what is wrong with it below. */
export function Field({ label, value, onChange, error, hint, end, ref, className = '', ...rest }: Props) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={`flex flex-col gap-1.5 ${className}`}>
      <label htmlFor={id} className="text-13 font-semibold">
        {label}
      </label>
      <div className="relative flex">
        <input
          dir="auto"
          spellCheck={false}
          {...rest}
          ref={ref}
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={error ? true : undefined}
          aria-describedby={note ? `${id}-note` : undefined}
          className={`min-h-10 w-full min-w-0 rounded-lg bg-sheet px-3 text-14 inset-ring placeholder:text-text-3 dark:bg-sunken pointer-coarse:min-h-11 ${end ? 'pe-11' : ''} ${error ? 'inset-ring-danger' : 'inset-ring-line-strong'}`}
        />
        {end && <span className="absolute inset-y-0 end-1 flex items-center">{end}</span>}
      </div>
      {note && (
        <p id={`${id}-note`} role={error ? 'alert' : undefined} className={`text-12 ${error ? 'text-danger' : 'text-text-3'}`}>
          {note}
        </p>
      )}
    </div>
  );
}
