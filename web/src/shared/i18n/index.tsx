import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { localStore } from '@/shared/lib/storage';
import { en } from './en';
import { format, type MessagesOf, type ParametersOf } from './messages';

export type MessageKey = keyof typeof en;
export type Messages = MessagesOf<typeof en>;

export const languages = {
  en: { name: 'English', direction: 'ltr' },
  ar: { name: 'العربية', direction: 'rtl' },
} as const;
export type Language = keyof typeof languages;

/** English is there from the start; another language comes when it is spoken, so that nobody loads what they do not read. */
const loaded: Partial<Record<Language, Messages>> = { en };
const loaders: Readonly<Record<Language, () => Promise<Messages>>> = {
  en: () => Promise.resolve(en),
  ar: async () => (await import('./ar')).ar,
};

export async function loadLanguage(language: Language): Promise<Messages> {
  const messages = loaded[language] ?? (await loaders[language]());
  loaded[language] = messages;
  return messages;
}

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

/** What is spoken now, for what is said outside of the page: notices of the system. */
let now: Spoken | null = null;
export const phraseNow = ({ key, parameters }: Phrase): string => format((now?.messages ?? en)[key], parameters ?? {}, now?.language ?? 'en');

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

interface Spoken {
  readonly language: Language;
  readonly messages: Messages;
}

/** The language and its words change together, once the words are there. Words that do not come leave English. */
function useSpoken(first: Language) {
  const [spoken, setSpoken] = useState<Spoken | null>(() => {
    const messages = loaded[first];
    return messages ? { language: first, messages } : null;
  });
  const wanted = useRef(first);
  const speak = useCallback((language: Language, otherwise?: Spoken) => {
    wanted.current = language;
    loadLanguage(language).then(
      (messages) => {
        if (wanted.current === language) setSpoken({ language, messages });
      },
      () => {
        if (otherwise) setSpoken(otherwise);
      },
    );
  }, []);
  const missing = spoken === null;
  useEffect(() => {
    if (missing) speak(first, { language: 'en', messages: en });
  }, [missing, first, speak]);
  return [spoken, speak] as const;
}

export function I18nProvider({ children, initial }: { children: ReactNode; initial?: Language }) {
  const [first] = useState<Language>(() => initial ?? firstLanguage());
  const [spoken, speak] = useSpoken(first);
  const language = spoken?.language ?? first;

  useEffect(() => {
    now = spoken;
  }, [spoken]);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = languages[language].direction;
  }, [language]);

  const setLanguage = useCallback(
    (next: Language) => {
      localStore.write('parley.language', next);
      speak(next);
    },
    [speak],
  );

  const value = useMemo<I18n | null>(() => {
    if (!spoken) return null;
    const { messages } = spoken;
    return {
      language: spoken.language,
      setLanguage,
      t: (key, ...[parameters]) => format(messages[key], parameters ?? {}, spoken.language),
      phrase: ({ key, parameters }) => format(messages[key], parameters ?? {}, spoken.language),
    };
  }, [spoken, setLanguage]);

  return value && <I18nContext.Provider value={value}>{children}</I18nContext.Provider>;
}

export function useI18n(): I18n {
  const value = useContext(I18nContext);
  if (!value) throw new Error('useI18n outside of I18nProvider');
  return value;
}
