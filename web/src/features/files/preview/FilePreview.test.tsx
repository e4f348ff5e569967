// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { FileBrief } from '@/shared/api/types';
import { makeFile, renderPage } from '../files.testkit';
import { openPdf } from '../pdf/library';
import { openPreview, previewStore } from '../previewStore';
import { PreviewHost } from './PreviewHost';

// The reader itself needs a browser; the journey has one.
vi.mock('../pdf/library', () => ({ openPdf: vi.fn() }));
vi.mock('pdfjs-dist', () => ({ TextLayer: vi.fn() }));

const attack = '<script>window.ran = true</script><img src=x onerror="window.ran = true">';

function setUp(files: readonly FileBrief[], first: FileBrief, version?: number) {
  const versions = [1, 2].map((number) => ({ number, size: 1, createdAt: '2026-11-01T09:00:00Z' }));
  const page = renderPage(<PreviewHost />, (path) => {
    if (path.endsWith('/url')) return { url: `/signed${path}` };
    if (path.includes('/previews/')) return new Blob(['picture']);
    return path.endsWith('/versions') ? { items: versions } : undefined;
  });
  openPreview(files, first, { roomId: 'room', version });
  return page;
}

beforeEach(() => {
  previewStore.dispatch({ type: 'close' });
  URL.createObjectURL = vi.fn(() => 'blob:made');
  URL.revokeObjectURL = vi.fn();
  vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(attack, { status: 206, headers: { 'Content-Range': `bytes 0-9/${attack.length}` } }))));
});

describe('the window over the page', () => {
  it.each([
    ['page.html', 'text/html'],
    ['drawing.svg', 'image/svg+xml'],
  ])('shows %s as its text, and never runs it', async (name, mime) => {
    const file = makeFile(name, { mime });
    setUp([file], file);
    expect(await screen.findByText(/window\.ran = true/)).toHaveTextContent('<script>');
    const dialog = screen.getByRole('dialog', { name: `Preview of ${name}` });
    expect(dialog.querySelector('script, iframe, object, embed, img')).toBeNull();
    expect(Reflect.get(window, 'ran')).toBeUndefined();
  });

  describe('with a document', () => {
    const file = makeFile('a.pdf', { mime: 'application/pdf' });
    const page = { getViewport: ({ scale }: { scale: number }) => ({ width: 595 * scale, height: 842 * scale }) };
    const task = (read: () => Promise<unknown>) => vi.mocked(openPdf).mockImplementation(() => ({ promise: read(), destroy: vi.fn() }) as never);
    beforeEach(() => {
      vi.stubGlobal('IntersectionObserver', class { observe = vi.fn(); disconnect = vi.fn(); });
    });

    it('gives every page of a PDF its place', async () => {
      task(() => Promise.resolve({ numPages: 3, getPage: () => Promise.resolve(page) }));
      setUp([file], file, 1);
      expect(await screen.findByRole('region', { name: 'Page 3 of 3' })).toBeInTheDocument();
      expect(openPdf).toHaveBeenCalledWith({ url: '/signed/files/a.pdf/url' });
    });

    it.each([
      ['PasswordException', /asks for a password/],
      ['InvalidPDFException', /it is damaged/],
    ])('says what %s means, and offers the download', async (name, text) => {
      task(() => Promise.reject(Object.assign(new Error('no'), { name })));
      setUp([file], file);
      expect(await screen.findByText(text)).toBeInTheDocument();
      expect(screen.getAllByRole('button', { name: 'Download' }).length).toBeGreaterThan(0);
    });
  });

  it('offers what it cannot show for download, without fetching it', async () => {
    const file = makeFile('a.bin', { mime: 'application/octet-stream' });
    setUp([file], file);
    expect(await screen.findByText('Files of this kind are not shown here.')).toBeInTheDocument();
    expect(fetch).not.toHaveBeenCalled();
  });

  it('says that a picture is broken', async () => {
    const file = makeFile('a.png', { mime: 'image/png' });
    setUp([file], file);
    const picture = await screen.findByAltText('a.png');
    picture.dispatchEvent(new Event('error'));
    expect(await screen.findByText(/it is damaged, or the browser does not know its format/)).toBeInTheDocument();
  });

  it('walks with arrows, zooms with + and 0, and closes with Esc', async () => {
    const files = [makeFile('a.png', { mime: 'image/png' }), makeFile('b.png', { mime: 'image/png' })];
    setUp(files, files[0] as FileBrief);
    await screen.findByAltText('a.png');
    expect(screen.queryByRole('button', { name: 'Previous file' })).not.toBeInTheDocument();
    await userEvent.keyboard('+');
    expect(screen.getByTitle('Fit')).toHaveTextContent('125 %');
    await userEvent.keyboard('{ArrowRight}');
    await screen.findByAltText('b.png');
    expect(screen.getByTitle('Fit')).toHaveTextContent('100 %');
    expect(screen.queryByRole('button', { name: 'Next file' })).not.toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });
});
