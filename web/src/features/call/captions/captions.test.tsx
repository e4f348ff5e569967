// @vitest-environment jsdom
import { act, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { I18nProvider } from '@/shared/i18n';
import { CallProvider } from '../session/CallContext';
import { makePerson, makeSession } from '../session/people.testkit';
import { captionSize, captionsOn, toggleCaptions } from './captions';
import { CaptionsBar } from './CaptionsBar';
import { CAPTION_MS, freshCaptions, withCaption, type Caption } from './heard';

const line = (id: string, text: string, at = 0): Caption => ({ id, name: 'Bo', text, at });
const box = { x: 0, y: 300, width: 640, height: 60 };

beforeEach(() => {
  captionsOn.keep(false);
  captionSize.keep('usual');
});

describe('what was heard', () => {
  it('keeps two sentences, and changes one where it stands', () => {
    let heard: readonly Caption[] = [];
    for (const said of [line('a', 'One'), line('b', 'Tw'), line('a', 'One.'), line('b', 'Two')]) heard = withCaption(heard, said);
    expect(heard.map(({ text }) => text)).toEqual(['One.', 'Two']);
    expect(withCaption(heard, line('c', 'Three')).map(({ text }) => text)).toEqual(['Two', 'Three']);
    expect(withCaption(heard, line('d', ' '))).toBe(heard);
  });

  it('is read for eight seconds after its last change', () => {
    const heard = [line('a', 'Old', 0), line('b', 'New', 1000)];
    expect(freshCaptions(heard, CAPTION_MS).map(({ text }) => text)).toEqual(['New']);
  });
});

it('captions are off until somebody wants them, and the device keeps that', () => {
  expect(captionsOn.get()).toBe(false);
  toggleCaptions();
  expect(localStorage.getItem('parley.captions')).toBe('true');
});

describe('the bar', () => {
  const show = () => {
    const session = makeSession([makePerson('ann', { me: true })]);
    render(
      <I18nProvider>
        <CallProvider session={session}>
          <CaptionsBar box={box} />
        </CallProvider>
      </I18nProvider>,
    );
    return session;
  };
  const bar = () => screen.getByRole('log', { name: 'Captions' });

  it('says who would write captions, then that it waits, then what is said', () => {
    const { store } = show();
    expect(bar()).toHaveTextContent('Nobody writes captions in this call.');
    expect(bar()).toHaveAttribute('aria-live', 'off');
    act(() => store.dispatch({ type: 'captioner', here: true }));
    expect(bar()).toHaveTextContent('Captions are on.');
    act(() => store.dispatch({ type: 'caption', caption: line('a', '<b>nine</b> o’clock', Date.now()) }));
    expect(bar()).toHaveTextContent('Bo<b>nine</b> o’clock');
  });

  it('is empty again when nobody speaks any more', () => {
    vi.useFakeTimers();
    try {
      const { store } = show();
      act(() => store.dispatch({ type: 'caption', caption: line('a', 'Nine', Date.now()) }));
      expect(bar()).toHaveTextContent('Nine');
      act(() => void vi.advanceTimersByTime(CAPTION_MS + 1));
      expect(bar()).toBeEmptyDOMElement();
    } finally {
      vi.useRealTimers();
    }
  });
});
