export interface Selection {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export type Mark = 'bold' | 'italic' | 'strike' | 'code';
export type LinePrefix = 'quote' | 'bullets' | 'numbers';

const marks: Readonly<Record<Mark, string>> = { bold: '**', italic: '*', strike: '~~', code: '`' };

/** Puts signs around what is chosen, or takes them away when they are there. */
export function mark({ text, start, end }: Selection, kind: Mark): Selection {
  const sign = marks[kind];
  const inner = text.slice(start, end);
  const before = text.slice(0, start);
  const after = text.slice(end);
  const around = before.endsWith(sign) && after.startsWith(sign);
  // One star of two is no italics.
  const doubled = kind === 'italic' && before.endsWith('**') && !before.endsWith('***');
  if (around && !doubled) {
    const cut = before.slice(0, -sign.length);
    return { text: cut + inner + after.slice(sign.length), start: cut.length, end: cut.length + inner.length };
  }
  return { text: before + sign + inner + sign + after, start: start + sign.length, end: end + sign.length };
}

/** Begins each chosen line with the sign of a list or a quote. */
export function prefix({ text, start, end }: Selection, kind: LinePrefix): Selection {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const lines = text.slice(from, end).split('\n');
  const sign = (index: number) => (kind === 'numbers' ? `${index + 1}. ` : kind === 'quote' ? '> ' : '- ');
  const changed = lines.map((line, index) => sign(index) + line).join('\n');
  return { text: text.slice(0, from) + changed + text.slice(end), start: start + sign(0).length, end: from + changed.length };
}

/** The @word that is being written before the cursor; null when there is none. */
export function mentionBefore(text: string, cursor: number): { readonly from: number; readonly word: string } | null {
  const match = /(?:^|[^\p{L}\p{N}@._-])@([\p{L}\p{N}._-]*)$/u.exec(text.slice(0, cursor));
  return match ? { from: cursor - (match[1] ?? '').length - 1, word: match[1] ?? '' } : null;
}

/** The #word of a room that is being written before the cursor, from one letter on: a heading has a blank there. */
export function roomBefore(text: string, cursor: number): { readonly from: number; readonly word: string } | null {
  const match = /(?:^|[\s(])#([\p{L}\p{N}][\p{L}\p{N}._-]*)$/u.exec(text.slice(0, cursor));
  return match ? { from: cursor - (match[1] ?? '').length - 1, word: match[1] ?? '' } : null;
}

/** The :word of an emoji that is being written before the cursor, from two letters on. */
export function emojiBefore(text: string, cursor: number): { readonly from: number; readonly word: string } | null {
  const match = /(?:^|\s):([a-z_+-][a-z0-9_+-]+)$/.exec(text.slice(0, cursor));
  return match ? { from: cursor - (match[1] ?? '').length - 1, word: match[1] ?? '' } : null;
}

/** The text as it goes out: without blank ends. Nothing is left of blanks alone. */
export const trimmed = (text: string): string => text.replace(/^\s*\n/, '').trimEnd();

/** A message in a line of a list or a notice: its words without the signs of Markdown. */
export const plainText = (content: string, most = 140): string =>
  content
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*_`~>#]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, most);
