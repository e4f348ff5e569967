import {
  getDocument,
  GlobalWorkerOptions,
  type PDFDocumentLoadingTask,
} from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url&no-inline';

// What fonts and letters a document does not bring itself; each is fetched when a document asks for it.
const shelves = {
  fonts: import.meta.glob<string>('/node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', { query: '?url&no-inline', import: 'default', eager: true }),
  letters: import.meta.glob<string>('/node_modules/pdfjs-dist/cmaps/*.bcmap', { query: '?url&no-inline', import: 'default', eager: true }),
};

async function bytesOf(shelf: keyof typeof shelves, name: string): Promise<Uint8Array> {
  const folder = shelf === 'fonts' ? 'standard_fonts' : 'cmaps';
  const url = shelves[shelf][`/node_modules/pdfjs-dist/${folder}/${name}`];
  const response = url ? await fetch(url) : null;
  if (!response?.ok) throw new Error(`no ${name}`);
  return new Uint8Array(await response.arrayBuffer());
}

class Letters {
  async fetch({ name }: { name: string }) {
    return { cMapData: await bytesOf('letters', `${name}.bcmap`), isCompressed: true };
  }
}

class Fonts {
  fetch({ filename }: { filename: string }) {
    return bytesOf('fonts', filename);
  }
}

/** Where a document comes from: an address that answers ranges, or bytes opened on this device. */
export type PdfSource = { readonly url: string } | { readonly data: Uint8Array };

/** Begins to read a document. Nothing in it runs: its scripts and forms are left alone. */
export function openPdf(source: PdfSource): PDFDocumentLoadingTask {
  GlobalWorkerOptions.workerSrc = workerUrl;
  return getDocument({
    // The reader takes the bytes away with it.
    ...('data' in source ? { data: source.data.slice() } : source),
    isEvalSupported: false,
    enableXfa: false,
    // Those of the system are taken for what they are not.
    useSystemFonts: false,
    CMapReaderFactory: Letters,
    StandardFontDataFactory: Fonts,
  });
}
