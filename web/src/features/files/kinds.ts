export type FileKind = 'image' | 'video' | 'audio' | 'pdf' | 'table' | 'text' | 'other';

interface Named {
  readonly mime?: string;
  readonly name: string;
}

const TEXT_ENDINGS = /\.(md|json|ya?ml|toml|ini|xml|svg|html?|css|tsx?|jsx?|mjs|py|c|cc|cpp|h|hpp|rs|go|java|kt|rb|php|sh|sql|diff|patch|txt|log|csv|tsv)$/i;

export function kindOf({ mime = '', name }: Named): FileKind {
  // A drawing that can hold scripts is a text to look at, never a picture.
  if (mime === 'image/svg+xml') return 'text';
  if (mime.startsWith('image/')) return 'image';
  if (mime.startsWith('video/')) return 'video';
  if (mime.startsWith('audio/')) return 'audio';
  if (mime === 'application/pdf') return 'pdf';
  if (/\.(csv|tsv|xlsx?|ods)$/i.test(name)) return 'table';
  if (mime.startsWith('text/') || TEXT_ENDINGS.test(name)) return 'text';
  return 'other';
}

/** How a file is shown in the window over the page. Whatever could run is shown as its text, or not at all. */
export type PreviewKind = 'picture' | 'pdf' | 'video' | 'audio' | 'text' | 'none';

export function previewKindOf(file: Named): PreviewKind {
  const kind = kindOf(file);
  if (kind === 'image') return 'picture';
  if (kind === 'pdf' || kind === 'video' || kind === 'audio' || kind === 'text') return kind;
  if (kind === 'table') return /\.(csv|tsv)$/i.test(file.name) ? 'text' : 'none';
  return /^application\/(json|xml|javascript|x-sh|sql)$/.test(file.mime ?? '') ? 'text' : 'none';
}

export const groups = ['all', 'documents', 'pictures', 'recordings', 'others'] as const;
export type FileGroup = (typeof groups)[number];

const OFFICE = /\.(docx?|pptx?|odt|odp|ods|xlsx?|rtf|epub|pages|key|numbers)$/i;

/** What a person looks for when they look for a kind of file. */
export function groupOf(file: Named): Exclude<FileGroup, 'all'> {
  const kind = kindOf(file);
  if (kind === 'image') return 'pictures';
  if (kind === 'video' || kind === 'audio') return 'recordings';
  return kind === 'other' && !OFFICE.test(file.name) ? 'others' : 'documents';
}

/** The short word on a file's sheet: its ending, at most four letters. */
export function endingOf(name: string): string {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1] ?? '';
  return ending.slice(0, 4).toUpperCase();
}
