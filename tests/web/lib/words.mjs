// The page's own words by their keys, so that a reworded button is still found. Names that are fixed stand in the tests.
import { readdirSync, readFileSync } from 'node:fs';
import vm from 'node:vm';

const folder = new URL('../../../web/src/shared/i18n/', import.meta.url);

function messagesOf(language) {
  const all = {};
  for (const name of readdirSync(new URL(`${language}/`, folder))) {
    if (name === 'index.ts') continue;
    const text = readFileSync(new URL(`${language}/${name}`, folder), 'utf8');
    // Each file is one object literal of strings; what TypeScript adds stands before and behind it.
    const literal = text.slice(text.indexOf('{', text.indexOf('export const')), text.lastIndexOf('}') + 1);
    Object.assign(all, vm.runInNewContext(`(${literal})`));
  }
  return all;
}

function format(message, values, language) {
  const text = typeof message === 'string' ? message : (message[new Intl.PluralRules(language).select(values.n)] ?? message.other);
  const shown = (value) => (typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value);
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? shown(values[name]) : whole));
}

/** `words('en')('composer.label', { room: 'Ferry' })` */
export function words(language = 'en') {
  const messages = messagesOf(language);
  return (key, values = {}) => {
    if (!(key in messages)) throw new Error(`the page has no words for ${key} in ${language}`);
    return format(messages[key], values, language);
  };
}
