import { tabStore } from '@/shared/lib/storage';

const KEY = 'parley.tab';

function randomSuffix(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(5));
  return Array.from(bytes, (byte) => byte.toString(36).padStart(2, '0')).join('');
}

/** The letters of a name that every server and log takes; names in other scripts become "guest". */
export function slug(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain.slice(0, 40) || 'guest';
}

/** The same as long as the tab lives, reloads included: the server then replaces my old line instead of adding me. */
export function identityFor(name: string): string {
  let suffix = tabStore.read(KEY, (value) => (typeof value === 'string' ? value : undefined), '');
  if (!suffix) {
    suffix = randomSuffix();
    tabStore.write(KEY, suffix);
  }
  return `${slug(name)}-${suffix}`;
}

/** A copied tab copies its identity too; whoever was pushed out by the copy comes back as somebody else. */
export function renewIdentity(): void {
  tabStore.write(KEY, randomSuffix());
}
