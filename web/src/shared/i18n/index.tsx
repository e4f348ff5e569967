import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { localStore } from '@/shared/lib/storage';
import { ar } from './ar';
import { en } from './en';
import { format, type MessagesOf, type ParametersOf } from './messages';

export type MessageKey = keyof typeof en;
export type Messages = MessagesOf<typeof en>;

export const languages = {
  en: { messages: en as Messages, name: 'English', direction: 'ltr' },
  ar: { messages: ar, name: 'العربية', direction: 'rtl' },
} as const;
export type Language = keyof typeof languages;

type Parameters<K extends MessageKey> = [ParametersOf<(typeof en)[K]>] extends [never]
  ? []
  : [Readonly<Record<ParametersOf<(typeof en)[K]>, string | number>>];
export type Translate = <K extends MessageKey>(key: K, ...parameters: Parameters<K>) => string;

/** A text chosen earlier than it is shown: reducers keep these, so that a change of language reaches them too. */
export interface Phrase {
  readonly key: MessageKey;
  readonly parameters?: Readonly<Record<string, string | number>>;
}

interface I18n {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly t: Translate;
  readonly phrase: (phrase: Phrase) => string;
}

const I18nContext = createContext<I18n | null>(null);

export const isLanguage = (value: unknown): value is Language => typeof value === 'string' && value in languages;

function firstLanguage(): Language {
  const wanted = navigator.languages.map((tag) => tag.split('-')[0]);
  return localStore.read<Language>(
    'parley.language',
    (value) => (isLanguage(value) ? value : undefined),
    wanted.find(isLanguage) ?? 'en',
  );
}

export function I18nProvider({ children, initial }: { children: ReactNode; initial?: Language }) {
  const [language, choose] = useState<Language>(() => initial ?? firstLanguage());

  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = languages[language].direction;
  }, [language]);

  const setLanguage = useCallback((next: Language) => {
    localStore.write('parley.language', next);
    choose(next);
  }, []);

  const value = useMemo<I18n>(() => {
    const { messages } = languages[language];
    return {
      language,
      setLanguage,
      t: (key, ...[parameters]) => format(messages[key], parameters ?? {}, language),
      phrase: ({ key, parameters }) => format(messages[key], parameters ?? {}, language),
    };
  }, [language, setLanguage]);

  return <I18nContext.Provider value={value}>{children}</I18nContext.Provider>;
}

export function useI18n(): I18n {
  const value = useContext(I18nContext);
  if (!value) throw new Error('useI18n outside of I18nProvider');
  return value;
}
