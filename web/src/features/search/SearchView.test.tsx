// @vitest-environment jsdom
import { act, fireEvent, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { SearchHit } from '@/shared/api/types';
import { renderPage } from '@/features/files/files.testkit';
import { signOut } from '@/features/session/actions';
import { looser, withPhrase } from './query';
import { SearchView } from './SearchView';

const hit = { kind: 'message', roomId: 'room', messageId: 'm1', fileId: null, senderId: 'ada', snippet: 'the ferry leaves', highlights: [], createdAt: '2026-11-22T09:00:00Z' } as unknown as SearchHit;

function View() {
  const [query, setQuery] = useState('');
  return <SearchView query={query} onQuery={setQuery} label="Search the room" roomId="room" />;
}

/** A room where everything but a query with a filter or a phrase finds one message. */
const show = () =>
  renderPage(<View />, (path, { query }) => {
    if (path !== '/search') return { items: [], nextCursor: null };
    const found = !/[:"]/.test(String(query?.q));
    return { items: found ? [hit] : [], nextCursor: null };
  });
const field = () => screen.getByRole<HTMLInputElement>('searchbox');
const type = (value: string) => fireEvent.change(field(), { target: { value } });
const recent = () => screen.queryByRole('region', { name: 'Recent searches' });

beforeEach(() => localStorage.clear());

describe('a search', () => {
  it('is forgotten by this device when its person signs out, and nobody else\'s', async () => {
    localStorage.setItem('parley.searches.me', '["ferry"]');
    localStorage.setItem('parley.searches.ada', '["tide"]');
    const { client } = show();
    expect(recent()).not.toBeNull();
    await act(() => signOut({ ...client, link: { ...client.link, close: () => undefined }, rest: { ...client.rest, forget: () => undefined } }));
    expect(localStorage.getItem('parley.searches.me')).toBeNull();
    expect(localStorage.getItem('parley.searches.ada')).not.toBeNull();
  });

  it('offers a phrase beside the filters, with the caret between its quotes', () => {
    show();
    const chips = within(screen.getByRole('group', { name: 'Filters' })).getAllByRole('button');
    expect(chips.map(({ textContent }) => textContent)).toEqual(['from:', 'has:file', 'before:', '"phrase"']);
    type('ferry');
    fireEvent.click(screen.getByRole('button', { name: '"phrase"' }));
    expect(field().value).toBe('ferry ""');
    expect(field().selectionStart).toBe(7);
    expect(field()).toHaveFocus();
  });

  it('that found nothing is widened by a press', async () => {
    show();
    type('ferry from:mei');
    expect(await screen.findByText('Nothing found. Try fewer words, or search all rooms.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Search all' })).toBeVisible();
    fireEvent.click(screen.getByRole('button', { name: 'Without from:mei' }));
    expect(field()).toHaveFocus();
    expect(await screen.findByText('the ferry leaves')).toBeVisible();
    expect(screen.getByRole('status')).toHaveTextContent('1 result');
  });

  it('keeps what was found until the next is there', async () => {
    show();
    type('ferry');
    await screen.findByText('the ferry leaves');
    type('ferry from:mei');
    expect(screen.getByText('the ferry leaves')).toBeVisible();
    expect(screen.queryByText(/^Nothing found/)).toBeNull();
    expect(await screen.findByText(/^Nothing found/)).toBeVisible();
  });

  it('opens a result in a new tab by Ctrl Enter', async () => {
    const open = vi.spyOn(window, 'open').mockReturnValue(null);
    show();
    type('ferry');
    const link = await screen.findByRole('link', { name: /the ferry leaves/ });
    fireEvent.keyDown(link, { key: 'Enter', ctrlKey: true });
    expect(open).toHaveBeenCalledWith(expect.stringMatching(/\/r\/room\/m\/m1$/), '_blank', 'noopener');
  });

  it('that led somewhere is offered again while nothing is typed, until it is forgotten', async () => {
    show();
    expect(recent()).toBeNull();
    type('ferry at nine');
    fireEvent.click(await screen.findByRole('link', { name: /the ferry leaves/ }));
    type('quay');
    fireEvent.keyDown(field(), { key: 'Enter' });
    type('nobody meant this');
    type('');
    const items = within(screen.getByRole('region', { name: 'Recent searches' })).getAllByRole('listitem');
    expect(items.map(({ textContent }) => textContent)).toEqual(['quay', 'ferry at nine']);
    fireEvent.click(screen.getByRole('button', { name: 'quay' }));
    expect(field().value).toBe('quay');
    type('');
    fireEvent.click(screen.getByRole('button', { name: 'Forget them' }));
    expect(recent()).toBeNull();
    expect(field()).toHaveFocus();
    expect(Object.values(localStorage)).not.toContainEqual(expect.stringContaining('quay'));
  });
});

describe('looser', () => {
  it.each([
    ['ferry', []],
    ['from:mei', []],
    ['ferry from:mei before:2026-01-01', ['ferry before:2026-01-01', 'ferry from:mei']],
    ['"the ferry" nine', ['the ferry nine']],
    ['quay in:"Ferry 3"', ['quay']],
  ])('%s', (query, expected) => {
    expect(looser(query).map((wider) => wider.query)).toEqual(expected);
  });
});

describe('withPhrase', () => {
  it('puts quotes around what is chosen', () => {
    expect(withPhrase({ text: 'the ferry leaves', start: 0, end: 9 })).toEqual({ text: '"the ferry" leaves', start: 1, end: 10 });
  });
});
