// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderPage } from './files.testkit';
import { PendingFiles } from './PendingFiles';
import type { Upload } from './uploadsReducer';

const refused = (code: string, detail: string): Upload => ({ id: 'u', roomId: 'room', name: 'film.mp4', size: 3000, mime: 'video/mp4', sent: 0, state: 'failed', error: { code, detail } });

it.each([
  ["the room's files would take more", '/r/room?panel=files&sort=size'],
  ['your files would take more', '/files?sort=size'],
])('leads to the large files where there is no room left (%s)', (detail, path) => {
  renderPage(<PendingFiles uploads={[refused('quota-exceeded', detail)]} />, () => undefined);
  expect(screen.getByRole('link', { name: 'See large files' }).getAttribute('href')).toBe(path);
});

it('leads nowhere where another reason stands', () => {
  renderPage(<PendingFiles uploads={[refused('payload-too-large', '')]} />, () => undefined);
  expect(screen.getByText('film.mp4')).toBeInTheDocument();
  expect(screen.queryByRole('link')).toBeNull();
});
