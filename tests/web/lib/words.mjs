// The page's own words by their keys, so that a reworded button is still found. Names that are fixed stand in the tests.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const web = new URL('../../../web/', import.meta.url);
const { buildSync } = createRequire(new URL('package.json', web))('esbuild');

function messagesOf(language) {
  const entryPoints = [fileURLToPath(new URL(`src/shared/i18n/${language}/index.ts`, web))];
  const [{ text }] = buildSync({ entryPoints, bundle: true, format: 'cjs', write: false }).outputFiles;
  const module = { exports: {} };
  vm.runInNewContext(text, { module, exports: module.exports });
  return module.exports[language];
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
