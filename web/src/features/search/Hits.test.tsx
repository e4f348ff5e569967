// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { SearchHit } from '@/shared/api/types';
import { makeUser } from '@/testing/things';
import { renderPage } from '@/features/files/files.testkit';
import { Hits } from './Hits';

const hit: SearchHit = {
  kind: 'message',
  roomId: 'room',
  messageId: 'm1',
  fileId: null,
  senderId: 'ada',
  snippet: 'the ferry leaves',
  highlights: [[4, 9]],
  createdAt: '2026-11-22T09:00:00Z',
};

describe('what was found', () => {
  it('names who wrote it in a room that was not opened', async () => {
    renderPage(<Hits hits={[hit]} grouped={false} />, (path) =>
      path === '/users' ? { items: [makeUser('ada', { name: 'Ada Quay' })], nextCursor: null } : undefined,
    );
    expect(await screen.findByText('Ada Quay')).toBeInTheDocument();
    expect(screen.getByText('ferry').tagName).toBe('MARK');
  });
});
