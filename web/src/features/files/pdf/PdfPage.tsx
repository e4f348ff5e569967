import { TextLayer, type PDFDocumentProxy, type PDFPageProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState } from 'react';
import { useI18n } from '@/shared/i18n';

export interface PageSize {
  readonly width: number;
  readonly height: number;
}

interface Props {
  readonly document: PDFDocumentProxy;
  /** From 1. */
  readonly number: number;
  /** Assumed until the page itself is known. */
  readonly usual: PageSize;
  readonly scale: number;
  readonly root: HTMLElement | null;
}

/** Whether an element is on screen, or about to be. */
function useNear(root: HTMLElement | null) {
  const ref = useRef<HTMLElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element || !root) return;
    const observer = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting ?? false), { root, rootMargin: '100% 0px' });
    observer.observe(element);
    return () => observer.disconnect();
  }, [root]);
  return { ref, near };
}

/** Draws a page and lays its words over it, so that they can be marked, searched and read out. */
function draw(page: PDFPageProxy, scale: number, canvas: HTMLCanvasElement, words: HTMLElement): () => void {
  const viewport = page.getViewport({ scale });
  const density = Math.min(2, window.devicePixelRatio || 1);
  canvas.width = Math.round(viewport.width * density);
  canvas.height = Math.round(viewport.height * density);
  const canvasContext = canvas.getContext('2d');
  if (!canvasContext) return () => undefined;
  const task = page.render({ canvasContext, viewport, transform: density === 1 ? undefined : [density, 0, 0, density, 0, 0] });
  task.promise.catch(() => undefined);
  words.replaceChildren();
  words.style.setProperty('--scale-factor', String(scale));
  const layer = new TextLayer({ textContentSource: page.streamTextContent(), container: words, viewport });
  layer.render().catch(() => undefined);
  return () => {
    task.cancel();
    layer.cancel();
  };
}

/** A page of a document. It holds its place from the start, and its picture only near the window. */
export function PdfPage({ document, number, usual, scale, root }: Props) {
  const { t } = useI18n();
  const { ref, near } = useNear(root);
  const [page, setPage] = useState<PDFPageProxy | null>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const size = page ? page.getViewport({ scale: 1 }) : usual;

  useEffect(() => {
    if (!near || page) return;
    let current = true;
    document.getPage(number).then(
      (found) => current && setPage(found),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [document, number, near, page]);

  useEffect(() => {
    if (!near || !page || !canvas.current || !words.current) return;
    const end = draw(page, scale, canvas.current, words.current);
    return () => {
      end();
      page.cleanup();
    };
  }, [near, page, scale]);

  return (
    <section
      ref={ref}
      data-page={number}
      aria-label={t('preview.page', { page: number, pages: document.numPages })}
      className="pdf-page"
      style={{ inlineSize: size.width * scale, blockSize: size.height * scale }}
    >
      {near && (
        <>
          <canvas ref={canvas} aria-hidden="true" />
          <div ref={words} className="pdf-words" dir="ltr" />
        </>
      )}
    </section>
  );
}
