import { fromBase64Url, toBase64Url, type Bytes } from './codec';

/**
 * How sealed things travel in places made for text:
 *
 *   parley-e2ee:1:m:<key id>:<nonce and ciphertext>                      a message
 *   parley-e2ee:1:d:<key id>:<nonce and ciphertext>                      a device says that it holds the key
 *   parley-e2ee:1:f:<key id>:<nonce and ciphertext>                      name and type of a file
 *   parley-e2ee:1:r:<new key id>:<old key id>:<for old>:<for new>        the key is renewed
 *
 * Bytes are base64url without padding.
 */
export type Marker = 'm' | 'd' | 'f';

export type Envelope =
  | { readonly marker: Marker; readonly keyId: string; readonly body: Bytes }
  | { readonly marker: 'r'; readonly keyId: string; readonly base: string; readonly body: Bytes; readonly back: Bytes };

const PREFIX = 'parley-e2ee:1:';
const KEY_ID = /^[\w-]{11}$/;

export const isEnvelope = (text: string): boolean => text.startsWith(PREFIX);

export const writeEnvelope = (marker: Marker, keyId: string, body: Bytes): string => `${PREFIX}${marker}:${keyId}:${toBase64Url(body)}`;

export const writeRenewal = (keyId: string, base: string, body: Bytes, back: Bytes): string =>
  `${PREFIX}r:${keyId}:${base}:${toBase64Url(body)}:${toBase64Url(back)}`;

export function readEnvelope(text: string): Envelope | null {
  if (!isEnvelope(text)) return null;
  const [marker = '', keyId = '', first = '', second = '', third = '', ...more] = text.slice(PREFIX.length).split(':');
  if (!KEY_ID.test(keyId) || more.length > 0) return null;
  if (marker === 'r') {
    const body = fromBase64Url(second);
    const back = fromBase64Url(third);
    return KEY_ID.test(first) && body && back ? { marker, keyId, base: first, body, back } : null;
  }
  const body = fromBase64Url(first);
  const plain = (marker === 'm' || marker === 'd' || marker === 'f') && second === '' && third === '';
  return plain && body ? { marker, keyId, body } : null;
}
