import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useState, type ReactNode } from 'react';
import { useI18n } from '@/shared/i18n';
import { useSize } from '@/shared/lib/useSize';
import type { Zoom } from '../preview/zoom';
import { openPdf, type PdfSource } from './library';
import { PdfPage, type PageSize } from './PdfPage';
import './pdf.css';

/** PDF counts in points of 1/72 inch, screens in pixels of 1/96. */
const FULL_SIZE = 96 / 72;
const PADDING = 32;

type Trouble = 'broken' | 'locked';
type Reading =
  | { readonly step: 'opening'; readonly percent: number | null }
  | { readonly step: 'open'; readonly document: PDFDocumentProxy; readonly usual: PageSize }
  | { readonly step: 'failed'; readonly why: Trouble };

function useDocument(source: PdfSource): Reading {
  const [reading, setReading] = useState<Reading>({ step: 'opening', percent: null });
  useEffect(() => {
    let current = true;
    const task = openPdf(source);
    const tell = (next: Reading) => {
      if (current) setReading(next);
    };
    task.onProgress = ({ loaded, total }: { loaded: number; total: number }) =>
      tell({ step: 'opening', percent: total > 0 ? Math.min(100, Math.round((100 * loaded) / total)) : null });
    task.promise
      .then(async (document) => {
        const { width, height } = (await document.getPage(1)).getViewport({ scale: 1 });
        // Later news of bytes must not close what is open.
        task.onProgress = () => undefined;
        tell({ step: 'open', document, usual: { width, height } });
      })
      .catch((error: unknown) => tell({ step: 'failed', why: error instanceof Error && error.name === 'PasswordException' ? 'locked' : 'broken' }));
    return () => {
      current = false;
      void task.destroy();
    };
  }, [source]);
  return reading;
}

/** The page that most of the window shows. */
function pageInSight(root: HTMLElement): number {
  const middle = root.getBoundingClientRect().top + root.clientHeight / 2;
  const pages = [...root.querySelectorAll<HTMLElement>('[data-page]')];
  const above = pages.filter((page) => page.getBoundingClientRect().top <= middle);
  return Number((above.at(-1) ?? pages[0])?.dataset.page ?? 1);
}

interface Props {
  readonly source: PdfSource;
  readonly name: string;
  readonly zoom: Zoom;
  readonly onScale: (scale: number) => void;
  readonly onFailed: (why: Trouble) => ReactNode;
}

/** All pages of a document, one below the other, as wide as the window lets them be. */
export function PdfView({ source, name, zoom, onScale, onFailed }: Props) {
  const { t } = useI18n();
  const reading = useDocument(source);
  const [room, { width }] = useSize<HTMLDivElement>();
  const [root, setRoot] = useState<HTMLDivElement | null>(null);
  const [inSight, setInSight] = useState(1);
  const usual = reading.step === 'open' ? reading.usual : null;
  const fit = usual && width > 0 ? Math.min(FULL_SIZE * 1.25, (width - PADDING) / usual.width) : FULL_SIZE;
  const scale = zoom === 'fit' ? fit : zoom * FULL_SIZE;
  useEffect(() => onScale(scale / FULL_SIZE), [onScale, scale]);

  if (reading.step === 'failed') return onFailed(reading.why);
  return (
    // A document scrolls, so the keyboard must be able to enter.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={setRoot} className="pdf-scroll" tabIndex={0} role="region" aria-label={name} onScroll={(event) => setInSight(pageInSight(event.currentTarget))}>
      <div ref={room} className="pdf-pages">
        {reading.step === 'opening' ? (
          <p role="status" className="viewer-note">
            {reading.percent === null ? t('preview.reading') : t('preview.readingPercent', { n: reading.percent })}
          </p>
        ) : (
          Array.from({ length: reading.document.numPages }, (_, index) => (
            <PdfPage key={index} document={reading.document} number={index + 1} usual={reading.usual} scale={scale} root={root} />
          ))
        )}
      </div>
      {reading.step === 'open' && (
        <p aria-hidden="true" className="pdf-where">
          {t('preview.page', { page: inSight, pages: reading.document.numPages })}
        </p>
      )}
    </div>
  );
}
