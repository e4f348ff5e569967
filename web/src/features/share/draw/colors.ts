import { hash } from '@/shared/lib/hash';

/** `mark` for lines, `plate` under white words, `tint` for the highlighter, which darkens what it lies on. */
export const colors = [
  { name: 'teal', mark: '#14a0b4', plate: '#00687a', tint: '#8fe0ea' },
  { name: 'violet', mark: '#7b4fd6', plate: '#7b4fd6', tint: '#d9cbff' },
  { name: 'pink', mark: '#e0477e', plate: '#c02c63', tint: '#ffc4d9' },
  { name: 'green', mark: '#0f8e5c', plate: '#0b7040', tint: '#a9ecc9' },
  { name: 'orange', mark: '#d9622b', plate: '#a8431a', tint: '#ffd2b8' },
  { name: 'blue', mark: '#2f6fde', plate: '#2458b8', tint: '#bfd7ff' },
] as const;

export type Color = (typeof colors)[number];
export type ColorName = Color['name'];

/** What a highlighter has in it unless somebody chose otherwise. */
export const HIGHLIGHT = '#ffd35c';

/** Everybody has a colour of their own, the same in every browser. */
export const colorOf = (userId: string): Color => colors[hash(userId) % colors.length] ?? colors[0];

export const colorNamed = (name: string): Color | undefined => colors.find((color) => color.name === name);

/** Under white words: the dark sister of a mark's colour; for a colour from elsewhere, the author's own. */
export function plateOf(color: string, author: string): string {
  const wanted = color.toLowerCase();
  return (colors.find(({ mark, plate }) => mark === wanted || plate === wanted) ?? colorOf(author)).plate;
}
