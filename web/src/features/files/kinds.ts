export type FileKind = 'image' | 'video' | 'audio' | 'pdf' | 'table' | 'text' | 'other';

export function kindOf({ mime = '', name }: { readonly mime?: string; readonly name: string }): FileKind {
  if (mime.startsWith('image/')) return 'image';
  if (mime.startsWith('video/')) return 'video';
  if (mime.startsWith('audio/')) return 'audio';
  if (mime === 'application/pdf') return 'pdf';
  if (/\.(csv|tsv|xlsx?|ods)$/i.test(name)) return 'table';
  if (mime.startsWith('text/') || /\.(md|json|ya?ml|ts|js|py|c|cpp|h|rs|go|txt|log)$/i.test(name)) return 'text';
  return 'other';
}

/** The short word on a file's sheet: its ending, at most four letters. */
export function endingOf(name: string): string {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1] ?? '';
  return ending.slice(0, 4).toUpperCase();
}
