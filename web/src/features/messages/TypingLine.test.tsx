// @vitest-environment jsdom
import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { renderPage } from '@/features/files/files.testkit';
import { TypingLine } from './TypingLine';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('shows at once who writes, and says it at most every ten seconds', () => {
  const { client } = renderPage(<TypingLine roomId="room" hint={false} />, () => undefined);
  const writes = (userId: string, name: string): void =>
    act(() => {
      client.presence.dispatch({ type: 'typing', roomId: 'room', userId, name, until: Infinity });
    });
  const pass = (ms: number): void =>
    act(() => {
      vi.advanceTimersByTime(ms);
    });
  const said = screen.getByRole('status');

  writes('mei', 'Mei Lin');
  pass(0);
  expect(said).toHaveTextContent('Mei is typing');
  pass(1000);
  writes('jonas', 'Jonas Ek');
  expect(screen.getByText('Mei and Jonas are typing')).toHaveAttribute('aria-hidden', 'true');
  pass(8999);
  expect(said).toHaveTextContent('Mei is typing');
  pass(1);
  expect(said).toHaveTextContent('Mei and Jonas are typing');
  act(() => {
    client.presence.dispatch({ type: 'stopTyping', roomId: 'room', userId: 'mei' });
    client.presence.dispatch({ type: 'stopTyping', roomId: 'room', userId: 'jonas' });
  });
  pass(0);
  expect(said).toBeEmptyDOMElement();
  writes('ada', 'Ada');
  pass(9999);
  expect(said).toBeEmptyDOMElement();
  pass(1);
  expect(said).toHaveTextContent('Ada is typing');
});
