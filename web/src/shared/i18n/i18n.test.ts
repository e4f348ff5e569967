import { describe, expect, it } from 'vitest';
import { ar } from './ar';
import { en } from './en';
import { languages, loadLanguage, type Language, type MessageKey, type Messages } from './index';
import { format, type Message } from './messages';

const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
const otherOf = (message: Message) => (typeof message === 'string' ? message : message.other);
const dictionaries: Readonly<Record<Language, Messages>> = { en, ar };
const keys = Object.keys(en) as MessageKey[];

describe.each(Object.keys(languages) as Language[])('dictionary %s', (language) => {
  const messages = dictionaries[language];

  it('is what the language loads', async () => {
    expect(await loadLanguage(language)).toBe(messages);
  });

  it('has the same keys as English', () => {
    expect(Object.keys(messages).sort()).toEqual([...keys].sort());
  });

  it.each(keys)('%s has text and the parameters of English', (key) => {
    const text = otherOf(messages[key]);
    expect(text.trim()).not.toBe('');
    expect(placeholders(text)).toEqual(placeholders(otherOf(dictionaries.en[key])));
  });

  it('has a form for every plural category of the language', () => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const key of keys) {
      const message = messages[key];
      if (typeof message === 'string') continue;
      for (const category of needed) expect(message[category], `${key} ${category}`).toBeTruthy();
    }
  });
});

describe('format', () => {
  it.each([
    [1, 'You are back. 1 second was missed.'],
    [6, 'You are back. 6 seconds were missed.'],
    [1200, 'You are back. 1,200 seconds were missed.'],
  ])('counts %i in English', (n, expected) => {
    expect(format(dictionaries.en['notice.back'], { n }, 'en')).toBe(expected);
  });

  it('takes the dual of Arabic', () => {
    expect(format(dictionaries.ar['call.people'], { n: 2 }, 'ar')).toBe('شخصان');
  });

  it('leaves a name without a value as it stands, and inserts text that looks like a pattern untouched', () => {
    expect(format('{name} joined', {}, 'en')).toBe('{name} joined');
    expect(format('{name} joined', { name: '$& {n}' }, 'en')).toBe('$& {n} joined');
  });
});
