import { ChevronDown, Languages, SunMoon } from 'lucide-react';
import type { ReactNode } from 'react';
import { isLanguage, languages, useI18n } from '@/shared/i18n';
import { Mark, Wordmark } from '@/shared/ui/Logo';
import { isLook, looks, useTheme } from './theme';

interface PickerProps {
  label: string;
  icon: ReactNode;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}

function Picker({ label, icon, value, onChange, children }: PickerProps) {
  return (
    <label className="relative flex min-h-9 items-center rounded-lg text-13 text-text-2 hover:bg-active pointer-coarse:min-h-11">
      <span className="sr-only">{label}</span>
      <span className="pointer-events-none absolute inset-y-0 start-2.5 flex items-center">{icon}</span>
      <select
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="min-h-9 max-w-36 appearance-none truncate rounded-lg bg-transparent ps-8.5 pe-6 max-sm:w-11 max-sm:pe-0 max-sm:text-transparent"
      >
        {children}
      </select>
      <ChevronDown size={14} aria-hidden="true" className="pointer-events-none absolute end-1.5 max-sm:hidden" />
    </label>
  );
}

const optionLook = 'bg-raised text-text';

/** Language and look, for whoever is not signed in and has no settings. */
export function LookPickers() {
  const { t, language, setLanguage } = useI18n();
  const { look, setLook } = useTheme();
  return (
    <>
      <Picker
        label={t('app.language')}
        icon={<Languages size={16} aria-hidden="true" />}
        value={language}
        onChange={(value) => {
          if (isLanguage(value)) setLanguage(value);
        }}
      >
        {Object.entries(languages).map(([tag, { name }]) => (
          <option key={tag} value={tag} lang={tag} className={optionLook}>
            {name}
          </option>
        ))}
      </Picker>
      <Picker
        label={t('app.look')}
        icon={<SunMoon size={16} aria-hidden="true" />}
        value={look}
        onChange={(value) => {
          if (isLook(value)) setLook(value);
        }}
      >
        {looks.map((name) => (
          <option key={name} value={name} className={optionLook}>
            {t(`app.look.${name}`)}
          </option>
        ))}
      </Picker>
    </>
  );
}

/** Above everything that is not a call: who made this, in which language and look. */
export function TopBar() {
  return (
    <header className="flex min-h-16 flex-none items-center gap-1 px-4 sm:px-6">
      <Mark />
      <span className="ms-1.5 me-auto flex">
        <Wordmark />
      </span>
      <LookPickers />
    </header>
  );
}
