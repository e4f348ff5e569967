import { useEffect, useId, useRef, useState, type ReactNode, type Ref } from 'react';
import { useI18n, type MessageKey } from '@/shared/i18n';
import { Banner } from '@/shared/ui/Banner';
import { Button } from '@/shared/ui/Button';

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string;
  hint?: string;
  autoComplete: string;
  maxLength: number;
  ref?: Ref<HTMLInputElement>;
}

function Field({ label, value, onChange, error, hint, ref, ...rest }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-13 font-semibold">
        {label}
      </label>
      <input
        {...rest}
        ref={ref}
        id={id}
        dir="auto"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className={`min-h-10 w-full min-w-0 rounded-lg bg-sunken px-3 text-14 inset-ring pointer-coarse:min-h-11 ${error ? 'inset-ring-danger' : 'inset-ring-line-strong'}`}
      />
      {note && (
        <p id={`${id}-note`} role={error ? 'alert' : undefined} className={`text-12 ${error ? 'text-danger' : 'text-text-3'}`}>
          {note}
        </p>
      )}
    </div>
  );
}

export interface JoinWish {
  readonly name: string;
  readonly room: string;
  /** What was pasted; empty when none was asked for. */
  readonly token: string;
  /** Enter with camera and microphone off, whatever was chosen. */
  readonly quiet: boolean;
}

interface Props {
  name: string;
  onName: (name: string) => void;
  room: string;
  onRoom: (room: string) => void;
  needsToken: boolean;
  linkToken: boolean;
  joining: boolean;
  failure: string | null;
  onJoin: (wish: JoinWish) => void;
  onCancel: () => void;
  /** A pointer or the focus is near: time to fetch what the call needs. */
  onNear?: () => void;
  children?: ReactNode;
}

type Errors = Partial<Record<'name' | 'room' | 'token', MessageKey & `join.${string}Missing`>>;

export function JoinForm(props: Props) {
  const { name, room, needsToken, linkToken, joining, failure, onJoin, onCancel, onNear, children } = props;
  const { t } = useI18n();
  const [token, setToken] = useState('');
  const [errors, setErrors] = useState<Errors>({});
  const nameField = useRef<HTMLInputElement>(null);
  const roomField = useRef<HTMLInputElement>(null);
  const tokenField = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (needsToken) tokenField.current?.focus();
  }, [needsToken]);

  function submit(quiet: boolean) {
    const wish = { name: name.trim(), room: room.trim(), token: token.trim(), quiet };
    const found: Errors = {
      ...(wish.name ? {} : { name: 'join.nameMissing' }),
      ...(wish.room ? {} : { room: 'join.roomMissing' }),
      ...(needsToken && !wish.token ? { token: 'join.tokenMissing' } : {}),
    };
    setErrors(found);
    const wrong = found.name ? nameField : found.room ? roomField : found.token ? tokenField : null;
    if (wrong) wrong.current?.focus();
    else onJoin(wish);
  }

  const errorOf = (field: keyof Errors) => {
    const key = errors[field];
    return key && t(key);
  };

  return (
    <form
      noValidate
      aria-label={t('join.region')}
      className="flex flex-col gap-4"
      onPointerEnter={onNear}
      onFocus={onNear}
      onSubmit={(event) => {
        event.preventDefault();
        if (!joining) submit(false);
      }}
    >
      <Field
        ref={nameField}
        label={t('join.name')}
        value={name}
        onChange={props.onName}
        error={errorOf('name')}
        autoComplete="name"
        maxLength={100}
      />
      <Field
        ref={roomField}
        label={t('join.room')}
        value={room}
        onChange={props.onRoom}
        error={errorOf('room')}
        hint={linkToken ? t('join.tokenFromLink') : undefined}
        autoComplete="off"
        maxLength={200}
      />
      {needsToken && (
        <Field
          ref={tokenField}
          label={t('join.token')}
          value={token}
          onChange={setToken}
          error={errorOf('token')}
          hint={t('join.tokenWhy')}
          autoComplete="off"
          maxLength={20000}
        />
      )}
      {children}
      {failure && <Banner tone="error">{failure}</Banner>}
      <div className="flex flex-col gap-2">
        {joining ? (
          <>
            <Button type="submit" look="primary" size="xl" aria-disabled="true" className="opacity-80">
              <span role="status">{t('join.joining')}</span>
            </Button>
            <Button look="ghost" onClick={onCancel}>
              {t('join.cancel')}
            </Button>
          </>
        ) : (
          <>
            <Button type="submit" look="primary" size="xl">
              {t('join.submit')}
            </Button>
            <Button look="ghost" onClick={() => submit(true)}>
              {t('join.submitQuiet')}
            </Button>
          </>
        )}
      </div>
    </form>
  );
}
