// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { FileBrief } from '@/shared/api/types';
import { Attachments } from './Attachments';
import { makeFile, renderPage } from './files.testkit';
import { previewStore } from './previewStore';

const picture = (id: string) => makeFile(id, { mime: 'image/png', previews: [{ kind: 'image', size: 320, url: `/api/v1/files/${id}/previews/320` }] });

function setUp(files: readonly FileBrief[]) {
  return renderPage(<Attachments files={files} roomId="room" />, (path) => {
    if (path.endsWith('/url')) return { url: '/signed' };
    return path.includes('/previews/') ? new Blob(['x']) : undefined;
  });
}

beforeEach(() => {
  previewStore.dispatch({ type: 'close' });
  URL.createObjectURL = vi.fn(() => 'blob:made');
  URL.revokeObjectURL = vi.fn();
});

describe('what hangs on a message', () => {
  it('shows five of many pictures, and opens all of them from the last', async () => {
    setUp(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(picture));
    expect(screen.getAllByRole('figure')).toHaveLength(5);
    await userEvent.click(screen.getByRole('button', { name: 'Open e and 2 more' }));
    expect(previewStore.getState()).toMatchObject({ at: 4, roomId: 'room' });
    expect(previewStore.getState()?.files).toHaveLength(7);
  });

  it('takes a drawing that could run for a file, not for a picture', () => {
    setUp([makeFile('a.svg', { mime: 'image/svg+xml' })]);
    expect(screen.queryByRole('figure')).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: /^a\.svg/ })).toBeInTheDocument();
  });

  it('fetches a video when somebody wants it, not before', async () => {
    const { call } = setUp([makeFile('clip.webm', { mime: 'video/webm' })]);
    expect(call).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Play clip.webm' }));
    await waitFor(() => expect(screen.getByLabelText('clip.webm')).toHaveAttribute('src', '/signed'));
  });

  it('fetches a file with D', async () => {
    const { call } = setUp([makeFile('a.txt')]);
    screen.getByRole('button', { name: /^a\.txt/ }).focus();
    await userEvent.keyboard('d');
    expect(call).toHaveBeenCalledWith('/files/a.txt/url', expect.objectContaining({ body: { version: undefined, download: true } }));
  });
});
