import { describe, expect, it } from 'vitest';
import { newSecret, parseSecret, secretText } from './codec';
import { isEnvelope, readEnvelope } from './envelope';
import { keyOfSecret } from './keys';
import { openFacts, opening, PIECE, plainSize, sealedSize, sealFacts, sealFile } from './sealedFile';
import { roomForText, sealText, textBytes } from './sealedText';

const bytesOf = (size: number) => Uint8Array.from({ length: size }, (_, index) => (index * 31 + (index >> 8)) & 255);
const sizes = [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 5];

async function opened(sealed: Blob, roomId: string, keys: Awaited<ReturnType<typeof keyOfSecret>>[]): Promise<Uint8Array> {
  const stream = sealed.stream().pipeThrough(opening(roomId, (id) => keys.find((key) => key.id === id)));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

describe('a secret', () => {
  it('is read as it was written, in small letters, with O for 0, in a link', () => {
    const secret = newSecret();
    const text = secretText(secret);
    expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/);
    for (const typed of [text, text.toLowerCase().replaceAll('-', ' '), text.replaceAll('0', 'o'), `https://x/j/t#k=${text}`]) {
      expect(parseSecret(typed)).toEqual(secret);
    }
    expect(parseSecret(text.slice(1))).toBeNull();
  });

  it('gives another key in another room', async () => {
    const secret = newSecret();
    expect((await keyOfSecret('a', secret)).id).not.toBe((await keyOfSecret('b', secret)).id);
  });
});

describe('a sealed file', () => {
  it.each(sizes)('of %i bytes comes back, whatever pieces it travels in', async (size) => {
    const key = await keyOfSecret('room', newSecret());
    const source = await sealFile(key, 'room', new Blob([bytesOf(size)]));
    expect(source.size).toBe(sealedSize(size));
    expect(plainSize(source.size)).toBe(size);
    const step = 100_003;
    const parts: Blob[] = [];
    for (let from = 0; from < source.size; from += step) parts.push(await source.slice(from, from + step));
    expect(await opened(new Blob(parts), 'room', [key])).toEqual(bytesOf(size));
  });

  it('does not open when it is cut off at the edge of a piece, changed, or of another room', async () => {
    const key = await keyOfSecret('room', newSecret());
    const sealed = await (await sealFile(key, 'room', new Blob([bytesOf(2 * PIECE)]))).slice(0, Infinity);
    await expect(opened(sealed.slice(0, 48 + PIECE + 16), 'room', [key])).rejects.toThrow('broken');
    const bytes = new Uint8Array(await sealed.arrayBuffer());
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    await expect(opened(new Blob([bytes]), 'room', [key])).rejects.toThrow('broken');
    await expect(opened(sealed, 'other', [key])).rejects.toThrow('broken');
    await expect(opened(sealed, 'room', [])).rejects.toThrow('noKey');
  });

  it.each(['plan.pdf', `${'a'.repeat(300)}.tar.gz`, 'ذكريات الصيف '.repeat(20)])('has a name of 255 letters that tells nothing: %s', async (name) => {
    const key = await keyOfSecret('room', newSecret());
    const sealed = await sealFacts(key, 'room', { name, mime: 'application/pdf' });
    expect(sealed).toHaveLength(255);
    const facts = await openFacts(key, 'room', sealed);
    expect(facts?.mime).toBe('application/pdf');
    expect(name.startsWith((facts?.name ?? '').split('…')[0] ?? '?')).toBe(true);
    if (name.endsWith('.gz')) expect(facts?.name).toMatch(/….*\.gz$/);
  });
});

describe('a sealed text', () => {
  it('fits into what the server takes when it is as long as allowed', async () => {
    const key = await keyOfSecret('room', newSecret());
    const text = 'x'.repeat(roomForText(16_384));
    expect(textBytes(text)).toBe(text.length);
    const sealed = await sealText(key, { roomId: 'room', senderId: 'ada', clientId: 'c' }, text);
    expect(sealed.length).toBeLessThanOrEqual(16_384);
    expect(sealed.length).toBeGreaterThan(16_200);
  });

  it('does not tell a short length', async () => {
    const key = await keyOfSecret('room', newSecret());
    const place = { roomId: 'room', senderId: 'ada', clientId: 'c' };
    const [yes, no] = await Promise.all([sealText(key, place, 'yes'), sealText(key, place, 'not today')]);
    expect(yes).toHaveLength(no.length);
  });
});

it.each(['', 'hello', 'parley-e2ee:1:m:short:AA', 'parley-e2ee:1:x:AAAAAAAAAAA:AA', 'parley-e2ee:1:m:AAAAAAAAAAA:A A', 'parley-e2ee:2:m:AAAAAAAAAAA:AA'])(
  'what is no envelope is not read as one: %s',
  (text) => {
    expect(readEnvelope(text)).toBeNull();
    expect(isEnvelope(text)).toBe(text.startsWith('parley-e2ee:1:'));
  },
);
