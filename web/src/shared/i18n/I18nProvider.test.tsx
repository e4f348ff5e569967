// @vitest-environment jsdom
import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { I18nProvider, useI18n } from './index';

beforeEach(() => localStorage.clear());

function Words() {
  const { language, setLanguage, t } = useI18n();
  return (
    <>
      <p>{`${language}: ${t('door.signIn')}`}</p>
      <button onClick={() => setLanguage(language === 'en' ? 'ar' : 'en')}>other</button>
    </>
  );
}

it('changes language and words together, and turns the page around', async () => {
  render(
    <I18nProvider initial="en">
      <Words />
    </I18nProvider>,
  );
  expect(screen.getByText('en: Sign in')).toBeInTheDocument();
  await userEvent.click(screen.getByText('other'));
  expect(await screen.findByText(/^ar: (?!Sign in)/)).toBeInTheDocument();
  expect(document.documentElement.dir).toBe('rtl');
  await userEvent.click(screen.getByText('other'));
  expect(await screen.findByText('en: Sign in')).toBeInTheDocument();
  expect(document.documentElement.dir).toBe('ltr');
});

it('begins in the language of last time, as soon as its words are there', async () => {
  localStorage.setItem('parley.language', '"ar"');
  await act(async () => {
    render(
      <I18nProvider>
        <Words />
      </I18nProvider>,
    );
    await Promise.resolve();
  });
  expect(await screen.findByText(/^ar: /)).toBeInTheDocument();
});
